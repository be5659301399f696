# Sourced. libpq_url <Database:Url>: the URL as psql and pg_dump take it. They refuse Npgsql's settings and know sslmode in small letters only.
libpq_url() {
  local mode
  mode=$(printf %s "$1" | sed -nE 's/.*[?&]ssl( |%20|\+)?mode=([^&]*).*/\2/Ip' | tr A-Z a-z | sed -E 's/^verify(ca|full)$/verify-\1/')
  printf '%s%s' "${1%%\?*}" "${mode:+?sslmode=$mode}"
}
