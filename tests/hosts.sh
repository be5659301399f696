#!/usr/bin/env bash
# Plays every misbehaviour of a model host against a portal and keeps the table in tests/results/hosts.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash deploy/prerequisites.sh tests
dotnet build tests/Tutor.WebTests -c Load -p:Optimize=true -v q -clp:ErrorsOnly
export TUTOR_HOSTS_TABLE=tests/results/hosts.md
tests/Tutor.WebTests/bin/Load/net10.0/Tutor.WebTests -class "*HostCampaign"
cat "$TUTOR_HOSTS_TABLE"
