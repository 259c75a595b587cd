#!/usr/bin/env bash
# Follows README and docs as five new users do, each in an empty folder with the packed tarball. The
# code comes from the pages themselves, so a step that is not written there fails here.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
work=$(mktemp --directory)
server=
stop() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server"; } || true
  server=
}
trap 'stop; rm --recursive --force "$work"' EXIT

fail() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

skipped() {
  printf 'SKIPPED: new user: %s: %s\n' "$1" "$2"
}

# block PAGE LANGUAGE WORD: the first fenced block of the language that has the word.
block() {
  awk -v language="$2" -v word="$3" '
    !inside && $0 ~ "^```" language "( |$)" { inside = 1; text = ""; next }
    inside && /^```/ { inside = 0; if (index(text, word)) { printf "%s", text; exit }; next }
    inside { text = text $0 "\n" }
  ' "$root/$1" | grep . || fail "$1 has no block of $2 with $3"
}

# new_user NAME: an empty folder beside a link to this repository, as the pages assume.
new_user() {
  printf '\n--- %s\n' "$1"
  mkdir --parents "$work/$1/project"
  ln --symbolic "$root" "$work/$1/mockflared"
  cd "$work/$1/project"
  npm init --yes >/dev/null
  npm pkg set type=module
}

install() {
  npm install --silent --prefer-offline --no-audit --no-fund --save-dev "$work"/mockflared-*.tgz "$@"
}

# serve [OPTION...]: starts the server of the project, and exports what it prints.
serve() {
  npx mockflared --port 0 "$@" >server.log 2>&1 &
  server=$!
  for _ in $(seq 150); do
    grep --quiet '^export CLOUDFLARE_API_TOKEN' server.log && break
    sleep 0.1
  done
  eval "$(grep '^export ' server.log)"
}

npm pack --silent --pack-destination "$work" >/dev/null

# The package requires a newer Node than some machines have.
PATH=$root/node_modules/.bin:$PATH

new_user typescript
install cloudflare@"$(node --print 'require(process.argv[1]).devDependencies.cloudflare' "$root/package.json")"
block README.md ts createEmulator >tunnel.test.ts
[ "$(node tunnel.test.ts)" = '400 true' ] || fail 'the test of the README does not print what the README says'
echo 'the test of the README prints 400 true'

new_user go
if ! command -v go >/dev/null; then
  skipped go 'there is no go'
else
  install
  go mod init example.com/project 2>/dev/null
  block contrib/go/README.md console 'go mod edit' | grep '^go ' >commands.sh
  bash -e commands.sh
  block contrib/go/README.md go NewWorld >tunnel_test.go
  if GOTOOLCHAIN=local go mod tidy 2>go.log; then
    GOTOOLCHAIN=local GOFLAGS="'-gcflags=all=-N -l'" go test .
  else
    skipped go 'its packages cannot be had'
  fi
fi

new_user python
if ! python3 -m venv venv 2>/dev/null; then
  skipped python 'there is no python3 that makes environments'
else
  install
  pages=$(block contrib/pytest/README.md console 'pip install')
  commands=${pages//.\/contrib/$root\/contrib}
  grep '^pip ' <<<"$commands" >commands.sh
  if PATH=$PWD/venv/bin:$PATH bash -e commands.sh >pip.log 2>&1; then
    block contrib/pytest/README.md python cloudflare_client >test_tunnels.py
    venv/bin/python -m pytest --quiet test_tunnels.py
  else
    skipped python 'its packages cannot be had'
  fi
fi

new_user demo
install
serve --seed demo
block README.md sh status=degraded >commands.sh
bash -e commands.sh | grep --quiet '"status":"degraded"' || fail 'the request of the README finds no degraded tunnel'
npx mockflared tunnels --url "${CLOUDFLARE_BASE_URL%/client/v4}" | tee tunnels.txt
grep --quiet shop-web tunnels.txt || fail 'the demo has no tunnel shop-web'
stop

new_user platform-engineer
install
export MOCKFLARED_CONTROL_TOKEN=change-me
serve --seed every-status
block docs/fleet.md sh SERVER= >commands.sh
bash -e commands.sh >answers.txt
grep --quiet '"code":"' answers.txt && fail "a command of docs/fleet.md is refused: $(cat answers.txt)"
grep --quiet '"success":true' answers.txt || fail 'the world of docs/fleet.md does not answer'
echo 'the commands of docs/fleet.md succeed'
stop
