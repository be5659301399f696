#!/usr/bin/env bash
# Starts Tutor with its sample courses and the development sign-in on http://localhost:5280.
# With "--watch" pages and styles change while it runs. Other arguments are settings, for example --Model:Path=models/a.gguf.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export ASPNETCORE_ENVIRONMENT="${ASPNETCORE_ENVIRONMENT:-Development}"
export ASPNETCORE_URLS="${ASPNETCORE_URLS:-http://localhost:5280}"

bash deploy/prerequisites.sh
echo "Tutor is starting on $ASPNETCORE_URLS (Ctrl+C stops it)."
if [ "${1:-}" = --watch ]; then
  shift
  # Pages change over their own connection; the script that a watch adds to pages otherwise breaks the content policy.
  export DOTNET_WATCH_SUPPRESS_BROWSER_REFRESH=1 DOTNET_WATCH_SUPPRESS_LAUNCH_BROWSER=1 DOTNET_WATCH_RESTART_ON_RUDE_EDIT=1
  exec dotnet watch --non-interactive --project src/Tutor.Web run --no-launch-profile -- --contentRoot "$PWD" "$@"
fi
dotnet build src/Tutor.Web -c Debug -v q -clp:ErrorsOnly
exec dotnet src/Tutor.Web/bin/Debug/net10.0/Tutor.Web.dll --contentRoot "$PWD" "$@"
