#!/bin/sh
# Installs and starts a container engine where none answers. Needs Debian and root.
set -eu

if docker info >/dev/null 2>&1; then
  echo "A container engine is running."
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "No container engine answers, and starting one needs root." >&2
  exit 1
fi
if ! command -v dockerd >/dev/null || ! command -v docker-compose >/dev/null; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
    docker.io docker-compose iptables
fi

log=/var/log/dockerd.log
setsid dockerd >"$log" 2>&1 </dev/null &
engine=$!
for _ in $(seq 60); do
  if docker info >/dev/null 2>&1; then
    echo "The container engine runs (process $engine, log $log)."
    exit 0
  fi
  kill -0 "$engine" 2>/dev/null || break
  sleep 1
done
echo "The container engine did not start:" >&2
tail -n 5 "$log" >&2
exit 1
