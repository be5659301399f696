#!/usr/bin/env bash
# Brings a backup back: restore.sh <backup file> <database>, with an empty PostgreSQL database or a SQLite file that does not
# exist yet. Stop the portal first; start it on the restored database and it goes on with what was not answered.
set -euo pipefail
file=${1:?"Usage: restore.sh <backup file> <postgres://... or SQLite file>"} database=${2:?"Name the database to fill."}
. "$(dirname "${BASH_SOURCE[0]}")/postgres/libpq-url.sh"
[ -s "$file" ] || { echo "There is no backup $file." >&2; exit 1; }
case $database in
  postgres://*|postgresql://*)
    database=$(libpq_url "$database")
    tables=$(psql --no-psqlrc -qAt -c "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'" "$database")
    if [ "$tables" != 0 ]; then echo "The database has tables already. Make an empty one (deploy/postgres/setup.sh) and restore into it." >&2; exit 1; fi
    pg_restore --no-owner --no-privileges --exit-on-error --single-transaction --dbname="$database" "$file"
    # Nodes of the past are not nodes of the restored portal.
    psql --no-psqlrc -q --set=ON_ERROR_STOP=1 -c "DELETE FROM cluster_node" "$database"
    ;;
  *)
    if [ -e "$database" ]; then echo "$database exists. Move it away first." >&2; exit 1; fi
    [ "$(sqlite3 "$file" 'PRAGMA integrity_check')" = ok ] || { echo "$file is damaged or is no backup of a SQLite database." >&2; exit 1; }
    cp "$file" "$database"
    ;;
esac
