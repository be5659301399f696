#!/usr/bin/env bash
# Plays a deadline night on SQLite and on PostgreSQL and keeps what it showed in tests/results/load.md.
#   bash tests/load.sh [seconds, 600] [seconds of five times as many, 60] [open pages, 500]
# Needs a build: bash tests/run.sh has made one.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export TUTOR_LOAD_SECONDS="${1:-600}" TUTOR_LOAD_BURST="${2:-60}" TUTOR_LOAD_CIRCUITS="${3:-500}" TUTOR_LOAD_TABLE=tests/results/load.md
cat > "$TUTOR_LOAD_TABLE" <<END
# Load

\`bash tests/load.sh $TUTOR_LOAD_SECONDS $TUTOR_LOAD_BURST $TUTOR_LOAD_CIRCUITS\` on $(nproc) cores, everything on one machine: the portal (a Debug build, which alone has the
sign-in that the open pages use), two simulated model hosts, the database and the clients. A quarter of the requests bring a program that nobody ran before.

END
status=0
for database in sqlite postgres; do
  TUTOR_LOAD_DATABASE=$database dotnet test --project tests/Tutor.WebTests --no-build --filter-class "*LoadRun" || status=1
done
cat "$TUTOR_LOAD_TABLE"
exit $status
