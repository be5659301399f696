#!/usr/bin/env bash
# Makes the role and the database on a PostgreSQL server (15 or newer) that runs on this machine: setup.sh [database] [role]
# Asks for nothing: the password is made here and printed as the URL that the portal wants.
set -euo pipefail
database=${1:-tutor} role=${2:-tutor}
as_postgres() { if [ "$(id -un)" = postgres ]; then "$@"; elif [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else sudo -u postgres "$@"; fi; }
command -v psql >/dev/null || { echo "Install PostgreSQL first: apt-get install postgresql" >&2; exit 1; }
cd /

password=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
# btree_gin, which the search uses, may be created by a database's owner. Templates may hold a locale that orders text
# otherwise; the portal's own columns do not depend on it.
as_postgres psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=role="$role" --set=database="$database" --set=password="$password" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE DATABASE :"database" OWNER :"role" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
echo "Database__Url=postgres://$role:$password@${PGHOST:-localhost}:${PGPORT:-5432}/$database"
# Under it the keys of sign-ins lie in the database; the same on every node, and in no backup of the database.
echo "DataProtection__Key=$(head -c 32 /dev/urandom | base64)"
