#!/usr/bin/env bash
# Plays an upgrade from a build of the commit given to the build of this tree: two nodes on one database, either stopped first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -eq 1 ] || { echo "Usage: bash tests/upgrade.sh <commit or tag of the older version>" >&2; exit 2; }
bash deploy/prerequisites.sh tests

old=$(mktemp -d)
trap 'git worktree remove --force "$old" >/dev/null 2>&1 || true' EXIT
git worktree add --detach --force "$old" "$1" >/dev/null
dotnet build "$old/src/Tutor.Web" -v q -clp:ErrorsOnly
dotnet build tests/Tutor.WebTests -v q -clp:ErrorsOnly
TUTOR_OLD_PORTAL="$old/src/Tutor.Web/bin/Debug/net10.0/Tutor.Web.dll" tests/Tutor.WebTests/bin/Debug/net10.0/Tutor.WebTests -class "*UpgradeTests"
