#!/bin/sh
# The administrator's command line inside a service's container, with that service's settings:
#   docker-compose exec staff madoguchi staff list
for file in /run/madoguchi/*/env; do
  exec node "--env-file-if-exists=$file" /app/deploy/local/src/commands/command-line.ts "$@"
done
