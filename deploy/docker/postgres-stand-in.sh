#!/bin/bash
# What the stand-in PostgreSQL image starts: the part of the official image's entrypoint that is used here.
set -euo pipefail

if [ "${1:-postgres}" != postgres ]; then exec "$@"; fi
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres /var/lib/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  password=${POSTGRES_PASSWORD:-}
  if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then password=$(cat "$POSTGRES_PASSWORD_FILE"); fi
  if [ -z "$password" ]; then
    echo "Set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE." >&2
    exit 1
  fi
  # Initialised aside, so that one that was cut short is not taken for a whole one.
  fresh=$(dirname "$PGDATA")/fresh
  rm -rf "$fresh"
  # Options are words.
  # shellcheck disable=SC2086
  initdb -D "$fresh" -U postgres --auth-local=trust --auth-host=scram-sha-256 \
    --pwfile=<(printf '%s\n' "$password") ${POSTGRES_INITDB_ARGS:-}
  echo "host all all all scram-sha-256" >>"$fresh/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$fresh/postgresql.conf"
  rm -rf "$PGDATA"
  mv "$fresh" "$PGDATA"
  # The official image says "ready" twice at its first start, and those who wait count it.
  echo "database system is ready to accept connections (initialised)"
fi
exec "$@"
