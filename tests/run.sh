#!/usr/bin/env bash
# Builds Tutor and passes its tests; the last line is "N passed, N failed". Arguments go to "dotnet test".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

bash deploy/prerequisites.sh tests || exit 1
dotnet build Tutor.sln -v q -clp:ErrorsOnly || { echo "0 passed, 1 failed"; exit 1; }

passed=0 failed=0 skipped=0 status=0 failures=""
run() {
  local log code
  log=$(mktemp)
  dotnet test --project "$@" --no-build 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
  passed=$((passed + $(count succeeded || echo 0) + 0))
  failed=$((failed + $(count failed || echo 0) + 0))
  skipped=$((skipped + $(count skipped || echo 0) + 0))
  failures+=$(grep -E -A 12 --no-group-separator '^failed ' "$log")$'\n'
  # 8 is "no test ran", which a filter for one project causes in the other.
  if [ "$code" -ne 0 ] && [ "$code" -ne 8 ]; then status=1; fi
  rm -f "$log"
}

# One after the other: the browser and process tests measure time-outs and should not share two cores with the rest.
run tests/Tutor.UnitTests "$@"
run tests/Tutor.WebTests "$@"
# Once more with every portal on PostgreSQL, but for what has no portal, names its own database or measures hints alone.
# The kills at random moments take a portal's start each; the first pass has most of them.
TUTOR_TESTS_ON=postgres TUTOR_KILL_ROUNDS="${TUTOR_KILL_ROUNDS:-1}" \
  run tests/Tutor.WebTests --filter-not-trait Database=own --filter-not-class '*RealWorkTests' "$@"

if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
# Once more at the end: what failed, and at what, is far up in the output of two thousand tests.
echo "$failures" | sed '/^$/d'
[ "$passed" -gt 0 ] || { echo "No test ran." >&2; status=1; }
if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
exit $status
