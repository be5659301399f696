#!/usr/bin/env bash
# Starts Tutor with its sample courses and the development sign-in on http://localhost:5280.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

bash deploy/prerequisites.sh
dotnet build src/Tutor.Web -c Debug -v q -clp:ErrorsOnly
export ASPNETCORE_ENVIRONMENT="${ASPNETCORE_ENVIRONMENT:-Development}"
export ASPNETCORE_URLS="${ASPNETCORE_URLS:-http://localhost:5280}"
echo "Tutor is starting on $ASPNETCORE_URLS (Ctrl+C stops it)."
exec dotnet src/Tutor.Web/bin/Debug/net10.0/Tutor.Web.dll --contentRoot "$PWD" "$@"
