#!/usr/bin/env bash
# Writes everything Tutor keeps into one file while the portal runs: backup.sh <database> <file>
# <database> is Database:Url (postgres://...) or the SQLite file. Course files are kept where you write them.
# Left out: the keys of sign-ins and of learning platforms (dp_key, lti_key). A restored portal makes new ones and people sign in again.
set -euo pipefail
database=${1:?"Usage: backup.sh <postgres://... or SQLite file> <backup file>"} file=${2:?"Name the file to write."}
umask 077
. "$(dirname "${BASH_SOURCE[0]}")/postgres/libpq-url.sh"
if [ -e "$file" ]; then echo "$file exists. Name a new file; a backup is never written over another." >&2; exit 1; fi
case $database in
  postgres://*|postgresql://*) pg_dump --format=custom --no-owner --no-privileges --exclude-table-data=dp_key --exclude-table-data=lti_key --file="$file.part" "$(libpq_url "$database")" ;;
  *)
    [ -f "$database" ] || { echo "There is no database $database." >&2; exit 1; }
    # A copy of the rows and not of the pages, in which deleted text of an earlier version could be left.
    sqlite3 -cmd ".timeout 10000" "$database" "VACUUM INTO '${file//\'/\'\'}.part'"
    sqlite3 "$file.part" "PRAGMA secure_delete = ON; DELETE FROM dp_key; DELETE FROM lti_key; VACUUM;" >/dev/null
    ;;
esac
mv "$file.part" "$file"
echo "$file"
