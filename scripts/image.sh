#!/usr/bin/env bash
# Builds the image with buildah, without a Docker engine, and proves what docs/container.md promises: the built program runs as
# its configured user, as process 1, on a file system that is read-only but for /data.
set -euo pipefail
cd "$(dirname "$0")/.."

BASE=docker.io/library/node:24-bookworm-slim
ACCOUNT=699d98642c564d2e855e9661899b7252
# What the image may add to its base.
MAX_BYTES=40000000

skip() {
  printf 'SKIPPED: the image was neither built nor proved: %s\n' "$1"
  exit 0
}

fail() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

proved() {
  printf 'proved: %s\n' "$1"
}

# What is missing is installed, where there is a way to.
need() {
  command -v "$1" >/dev/null && return
  command -v apt-get >/dev/null || skip "there is no $1, and no apt-get to install it"
  printf 'installing %s\n' "$1"
  { apt-get update --quiet=2 && apt-get install --yes --quiet=2 --no-install-recommends "$1"; } >/dev/null 2>&1 ||
    skip "$1 cannot be installed"
}

[ "$(id --user)" = 0 ] || skip 'it takes root, to enter the image as a container would'
unshare --mount --pid --fork true 2>/dev/null || skip 'this machine gives no namespaces'
need buildah

# Storage of its own: a stand-in must never be taken for the real base image by anybody else.
work=$(mktemp --directory)
storage=(--root "$work/storage" --runroot "$work/run" --storage-driver vfs)
engine() {
  buildah "${storage[@]}" "$@"
}
# The process that waits for the container, and the container's own process 1.
server= inside=
cleanup() {
  [ -z "$inside" ] || kill -KILL "$inside" 2>/dev/null || true
  engine umount --all >/dev/null 2>&1 || true
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT

node() {
  node_modules/.bin/node "$@"
}

. scripts/fallback-base-image.sh

printf '=== base image\n'
started=$SECONDS
if timeout 300 buildah "${storage[@]}" pull --quiet "$BASE" >/dev/null 2>&1; then
  printf 'pulled %s\n' "$BASE"
else
  build_fallback_base_image
fi

# What this machine needs to reach its registry, the build needs too. Neither is kept in the image.
printf '=== buildah bud\n'
secrets=()
npmrc=$(npm config get userconfig 2>/dev/null || true)
[ ! -f "$npmrc" ] || secrets+=(--secret "id=npmrc,src=$npmrc")
[ ! -f "${NODE_EXTRA_CA_CERTS:-}" ] || secrets+=(--secret "id=ca,src=$NODE_EXTRA_CA_CERTS")
engine bud --isolation chroot --format docker --pull-never "${secrets[@]}" \
  --build-arg "VERSION=$(node --print 'require("./package.json").version')" \
  --build-arg "REVISION=$(git rev-parse HEAD 2>/dev/null || echo unknown)" \
  --tag mockflared . >"$work/build.log" 2>&1 || { cat "$work/build.log"; fail 'the image does not build'; }
printf 'built in %s s, the base image included\n' $((SECONDS - started))

# A line or a list out of the configuration of the image.
configured() {
  engine inspect --type image mockflared |
    node --eval "const { config } = JSON.parse(require('fs').readFileSync(0)).Docker; console.log([$1].flat().join('\n'))"
}
mapfile -t entrypoint < <(configured 'config.Entrypoint, config.Cmd ?? []')
mapfile -t variables < <(configured 'config.Env')
mapfile -t health < <(configured 'config.Healthcheck.Test.slice(1)')
user=$(configured config.User)
[[ "$user" =~ ^[1-9][0-9]*:[1-9][0-9]*$ ]] || fail "the user $user is not a number, or root"

root=$(engine mount "$(engine from --quiet --pull-never mockflared)")
mkdir "$work/data" "$work/seeds"
chown "$user" "$work/data"
cat >"$work/seeds/10-mounted.json" <<SEED
{ "tunnels": [{ "account_tag": "$ACCOUNT", "name": "mounted", "connectors": [{}] }] }
SEED

# As docker run --read-only --volume DATA:/data --volume SEEDS:/seeds:ro would, on the network of this machine.
free_port() {
  node --eval "const s = require('net').createServer().listen(0, () => { console.log(s.address().port); s.close() })"
}
port=$(free_port)
tls_port=$(free_port)
gateway_port=$(free_port)
settings=("${variables[@]}" "MOCKFLARED_PORT=$port" MOCKFLARED_TLS=true "MOCKFLARED_TLS_PORT=$tls_port" MOCKFLARED_DB=/data/mockflared.db MOCKFLARED_CONTROL=open
  MOCKFLARED_EDGE_PORT=0 "MOCKFLARED_GATEWAY_PORT=$gateway_port")
start() {
  unshare --mount --pid --fork bash -euc '
    root=$1 work=$2; shift 2
    mount --bind "$root" "$root"
    mount -o remount,bind,ro "$root"
    mount --bind "$work/data" "$root/data"
    mount --bind "$work/seeds" "$root/seeds"
    mount -o remount,bind,ro "$root/seeds"
    mount --rbind /dev "$root/dev"
    mount --types proc proc "$root/proc"
    exec env --ignore-environment "$@"
  ' start "$root" "$work" "${settings[@]}" chroot --userspec="$user" "$root" "${entrypoint[@]}" >"$work/log" 2>&1 &
  server=$! inside=
  for _ in $(seq 100); do
    read -r inside _ 2>/dev/null <"/proc/$server/task/$server/children" || true
    [ -n "$inside" ] && within "${health[@]}" >/dev/null 2>&1 && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
  done
  cat "$work/log"
  fail 'it does not become healthy'
}

# As docker exec would.
within() {
  nsenter --target "$inside" --mount --pid --root --wd --setuid "${user%:*}" --setgid "${user#*:}" \
    env --ignore-environment "${settings[@]}" "$@"
}

stop() {
  local before=${EPOCHREALTIME/./} code=0
  kill -TERM "$inside"
  wait "$server" || code=$?
  took=$(((${EPOCHREALTIME/./} - before) / 1000))
  inside=
  [ "$code" = 0 ] || fail "it left with code $code on SIGTERM"
  [ "$took" -lt 1000 ] || fail "it took $took ms to leave on SIGTERM"
}

# Names of the tunnels, as the official SDK lists them; with an argument it makes one first.
sdk() {
  node --input-type=module --eval "
    import Cloudflare from 'cloudflare'
    const { cloudflared } = new Cloudflare({ apiToken: 'any', baseURL: 'http://127.0.0.1:$port/client/v4' }).zeroTrust.tunnels
    const account_id = '$ACCOUNT'
    const [name] = process.argv.slice(1)
    if (name) await cloudflared.create({ account_id, name, config_src: 'cloudflare' })
    const names = []
    for await (const tunnel of cloudflared.list({ account_id })) names.push(tunnel.name)
    console.log(names.sort().join(' '))
  " "$@"
}

printf '=== the container\n'
start
proved "it starts: ${entrypoint[*]}"
proved "its health verb leaves with 0: ${health[*]}"
! within MOCKFLARED_PORT="$(free_port)" "${health[@]}" >/dev/null 2>&1 || fail 'the health verb does not follow the port'
proved 'its health verb follows the port, and leaves with 1 where nothing answers'
[ "$(awk '/^Uid/ { print $2, $3, $4, $5 }' "/proc/$inside/status")" = "$(printf "${user%:*} %.0s" 1 2 3 4 | xargs)" ] ||
  fail 'it does not run as its user'
grep --quiet 'CapEff:.0000000000000000' "/proc/$inside/status" || fail 'it has capabilities'
proved "it runs as $user, without a capability"
grep --quiet --perl-regexp 'NSpid:.*\t1$' "/proc/$inside/status" || fail 'it is not process 1'
[[ "$(tr '\0' ' ' <"/proc/$inside/cmdline")" == 'node '* ]] || fail 'process 1 is not node'
proved 'it is process 1: no shell stands before it'
grep --quiet --ignore-case " 00000000:$(printf %04x "$port") .* 0A " /proc/net/tcp || fail 'it does not listen on every address'
proved 'it listens on 0.0.0.0'
[[ "$(within touch /tmp/file 2>&1 || true)" == *Read-only* ]] || fail 'the root file system can be written'
proved 'all of it works on a root file system that is read-only, /tmp too'
curl --fail --silent "http://127.0.0.1:$port/_mockflared/console/" | grep --quiet 'script type="module" src="assets/' ||
  fail 'the console is not in the image'
proved 'its console is there'
[ "$(sdk)" = mounted ] || fail 'the seed of /seeds is not there'
proved 'a seed mounted at /seeds is there, as the official SDK sees it'
[ "$(sdk kept)" = 'kept mounted' ] || fail 'the SDK cannot create a tunnel'
cp "$work/data/tls/ca.pem" "$work/ca.pem"
stop
first=$took
start
[ "$(sdk)" = 'kept mounted' ] || fail 'a write to /data did not outlive a restart'
proved 'what the SDK created is in /data after a restart'
curl --fail --silent --cacert "$work/ca.pem" --connect-to "api.cloudflare.com:443:127.0.0.1:$tls_port" \
  --header 'Authorization: Bearer any' "https://api.cloudflare.com/client/v4/accounts/$ACCOUNT/cfd_tunnel" |
  grep --quiet mounted || fail 'a program that trusts the CA of the first start cannot reach api.cloudflare.com'
proved 'a program that trusts the CA in /data/tls finds it as https://api.cloudflare.com, also after a restart'
curl --silent --include --cacert "$work/ca.pem" --connect-to "shop.example.com:443:127.0.0.1:$gateway_port" https://shop.example.com/ |
  grep --quiet 'mockflared-edge: no-route' || fail 'a visitor that trusts the CA cannot reach the gateway'
proved 'a visitor that trusts the CA in /data/tls reaches the gateway of the edge'
stop
proved "it leaves with code 0 on SIGTERM, in $first ms and $took ms"

binaries=$(ls "$root/app/node_modules/better-sqlite3/prebuilds")
[ "$(wc --lines <<<"$binaries")" = 1 ] || fail "SQLite has several binaries: $binaries"
strangers=$(node --eval '
  const { packages } = require("./package-lock.json")
  const development = Object.keys(packages).filter(path => packages[path].dev)
  console.log(development.filter(path => require("fs").existsSync(`${process.argv[1]}/app/${path}`)).join(" "))
' "$root")
[ -z "$strangers" ] || fail "packages of development are in the image: $strangers"
proved "it holds production packages only, and of SQLite $binaries only"

# Its layers, uncompressed; and what a registry would carry, which is them zipped.
printf '=== size\n'
size() {
  engine images --json "$1" | node --print 'JSON.parse(require("fs").readFileSync(0))[0].size'
}
own=$(du --summarize --block-size=1 "$root/app" | cut --fields=1)
printf 'image: %s, of which mockflared and its packages: %s MB; compressed: %s MB\n' "$(size mockflared)" \
  $((own / 1000000)) $(($(tar --create --directory "$root" . | gzip | wc --bytes) / 1000000))
[ "$own" -le "$MAX_BYTES" ] || fail "mockflared and its packages add more than $((MAX_BYTES / 1000000)) MB to the base image"
proved "it adds at most $((MAX_BYTES / 1000000)) MB to its base"
