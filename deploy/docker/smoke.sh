#!/bin/sh
# Builds the image, brings everything up, checks that it is ready and answers, lives through the main
# job, and takes it all down again with its data. Keeps it up when called with --keep. PORT is 8080
# unless given. Needs `npm ci` before, for the main job's own side.
set -eu

cd "$(dirname "$0")/../.."
export PORT="${PORT:-8080}"
export COMPOSE_PROJECT_NAME="${COMPOSE_PROJECT_NAME:-madoguchi-smoke}"
services='audit staff registry registry-public health-records notices programme reservations
reservations-public calls console'

sh deploy/docker/start-engine.sh
sh deploy/docker/base-images.sh

# A network's own certificate authority, where this machine trusts one.
authority=$(cat /usr/local/share/ca-certificates/*.crt 2>/dev/null || true)
docker-compose build ${authority:+--build-arg "npm_config_ca=$authority"}

end() {
  status=$?
  if [ "$status" != 0 ]; then
    docker-compose ps || true
    docker-compose logs --no-color --tail=20 || true
  fi
  if [ "${1:-}" != --keep ]; then
    docker-compose down --volumes --timeout 20
    left=$(docker ps --all --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME")
    [ -z "$left" ] || { echo "Containers are left behind: $left" >&2; status=1; }
  fi
  exit "$status"
}
keep=${1:-}
trap 'end $keep' EXIT
trap 'exit 130' INT TERM

docker-compose up -d --no-build

for name in $services; do
  tries=0
  until answer=$(docker-compose exec -T "$name" node -e \
    "fetch('http://127.0.0.1:9090/readyz').then(async (r) => { console.log(r.status, await r.text()); process.exitCode = r.ok ? 0 : 1 }, () => { process.exitCode = 1 })" 2>/dev/null); do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { echo "$name is not ready" >&2; exit 1; }
    sleep 1
  done
  echo "$name /readyz $answer"
done

check() {
  answer=$(curl --silent --show-error --fail --max-time 10 "http://localhost:$PORT$1")
  case $answer in
    *"$2"*) echo "$1 answers ($(printf %s "$answer" | wc -c) bytes)" ;;
    *) echo "$1 answers without $2" >&2; exit 1 ;;
  esac
}
check / '<html'
check /api/v1/openapi.json '"openapi"'

for name in $services; do
  user=$(docker-compose exec -T "$name" id -u)
  [ "$user" != 0 ] || { echo "$name runs as root" >&2; exit 1; }
done
echo "No service runs as root."
docker-compose exec -T staff madoguchi staff list --json
docker-compose exec -T staff madoguchi terminal code smoke --json >/dev/null
echo "The command line works inside."

PATH="$PWD/node_modules/.bin:$PATH" npm run --silent generate
node_modules/.bin/node deploy/docker/main-job.ts
