#!/usr/bin/env bash
# Takes the README's pictures into tests/results/screenshots, from a portal with seeded requests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash deploy/prerequisites.sh tests
dotnet build tests/Tutor.WebTests -v q -clp:ErrorsOnly
TUTOR_SCREENSHOTS=tests/results/screenshots dotnet test --project tests/Tutor.WebTests --no-build --filter-class '*ScreenshotTests'
