#!/usr/bin/env bash
# Plays the failure campaign for some rounds (50 without an argument) and keeps its table in tests/results/failures.md.
# Needs a build: bash tests/run.sh has made one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export TUTOR_FAILURE_ROUNDS="${1:-50}" TUTOR_FAILURE_TABLE=tests/results/failures.md
dotnet test --project tests/Tutor.WebTests --no-build --filter-class "*FailureCampaign"
cat "$TUTOR_FAILURE_TABLE"
