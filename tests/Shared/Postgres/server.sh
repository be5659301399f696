#!/usr/bin/env bash
# A PostgreSQL cluster on loopback for one test run: server.sh <folder> <port> <settings...>
# Lives as long as its standard input is open, so it goes with the process that started it, however that ends.
# Commands on standard input: "restart <seconds>" kills the server as a power cut would and starts it after a pause.
set -u
folder=$1 port=$2
shift 2
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
# The server refuses to run as root.
as_postgres=()
[ "$(id -u)" -ne 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)

server=""
start() {
  "${as_postgres[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= "$@" </dev/null &
  server=$!
}
# QUIT is the immediate shutdown: no checkpoint, recovery from the log at the next start.
stop() { kill -QUIT "$server"; wait "$server" 2>/dev/null; }

mkdir -p -m 700 "$folder"
# Whoever reads the output of the tests shall not wait for the server.
exec >"$folder/log" 2>&1
printf '%s' "$POSTGRES_PASSWORD" >"$folder/password"
[ "$(id -u)" -ne 0 ] || chown -R postgres "$folder"
cd "$folder" || exit 1
"${as_postgres[@]}" "$bin/initdb" -D "$folder/data" -U postgres --locale=C.UTF-8 --encoding=UTF8 --no-sync \
  --auth=password --pwfile="$folder/password" || exit 1
start "$@"
while read -r command seconds; do
  if [ "$command" = restart ]; then stop; sleep "$seconds"; start "$@"; fi
done
stop
rm -rf "$folder"
