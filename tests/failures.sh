#!/usr/bin/env bash
# Plays the failure campaign for some rounds (50 without an argument) and keeps its table in tests/results/failures.md.
# Makes a build of its own, optimised as Release is but with the sign-in that the clients use.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash deploy/prerequisites.sh tests
dotnet build tests/Tutor.WebTests -c Load -p:Optimize=true -v q -clp:ErrorsOnly
export TUTOR_FAILURE_ROUNDS="${1:-50}" TUTOR_FAILURE_TABLE=tests/results/failures.md
tests/Tutor.WebTests/bin/Load/net10.0/Tutor.WebTests -class "*FailureCampaign"
cat "$TUTOR_FAILURE_TABLE"
