#!/usr/bin/env bash
# Plays a deadline night on SQLite and on PostgreSQL and keeps what it showed in tests/results/load.md.
#   bash tests/load.sh [seconds, 600] [seconds of five times as many, 60] [open pages, 500]
# Makes a build of its own, optimised as Release is but with the sign-in that the open pages use.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash deploy/prerequisites.sh tests || exit 1
dotnet build tests/Tutor.WebTests -c Load -p:Optimize=true -v q -clp:ErrorsOnly || exit 1
export TUTOR_LOAD_SECONDS="${1:-600}" TUTOR_LOAD_BURST="${2:-60}" TUTOR_LOAD_CIRCUITS="${3:-500}" TUTOR_LOAD_TABLE=tests/results/load.md
cat > "$TUTOR_LOAD_TABLE" <<END
# Load

\`bash tests/load.sh $TUTOR_LOAD_SECONDS $TUTOR_LOAD_BURST $TUTOR_LOAD_CIRCUITS\` on $(nproc) cores, everything on one machine: the portal (optimised as a Release build is), two
simulated model hosts, the database and the clients. A quarter of the requests bring a program that nobody ran before.

END
status=0
for database in sqlite postgres; do
  TUTOR_LOAD_DATABASE=$database tests/Tutor.WebTests/bin/Load/net10.0/Tutor.WebTests -class "*LoadRun" || status=1
done
cat "$TUTOR_LOAD_TABLE"
exit $status
