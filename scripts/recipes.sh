#!/usr/bin/env bash
# Runs the recipes of docs/recipes.md verbatim, each in its own folder, against a server that it
# starts. Fences with a title are files. It runs NAME.sh, whose output must contain the lines of
# NAME.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

page=$PWD/docs/recipes.md
work=$(mktemp --directory)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm --recursive --force "$work"
}
trap cleanup EXIT

fail() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

skipped() {
  printf 'SKIPPED: the recipe %s was not run: %s\n' "$1" "$2"
}

start() {
  node src/cli.ts --port 0 --log off >"$work/ready" &
  server=$!
  for _ in $(seq 100); do
    grep --quiet CLOUDFLARE_API_TOKEN "$work/ready" && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  base=$(sed --quiet 's/^export CLOUDFLARE_BASE_URL=//p' "$work/ready")
  [ -n "$base" ] || fail 'the server does not start'
  eval "$(node src/cli.ts env --url "${base%/client/v4}")"
}

# Writes each fence that has a title and no `not-run` mark to the file of that name.
extract() {
  awk -v folder="$1" '
    /^```/ { file = "" }
    /^```.* title="[^"]+"$/ && !/ not-run / { split($0, part, "\""); file = folder "/" part[2]; next }
    file { print > file }
  ' "$page"
}

# recipe NAME TOOL CHECK...: skips the recipe if there is no TOOL, or if the command CHECK fails,
# which tests whether the packages of the recipe are available.
recipe() {
  local name=$1 tool=$2 folder=$work/$1 line
  shift 2
  command -v "$tool" >/dev/null || { skipped "$name" "there is no $tool"; return; }
  mkdir "$folder"
  (cd "$folder" && timeout 120 "$@") >/dev/null 2>&1 || { skipped "$name" "its packages cannot be had ($*)"; return; }

  printf '=== %s\n' "$name"
  extract "$folder"
  (cd "$folder" && bash -eu "$name.sh" </dev/null) >"$work/stdout" 2>"$work/stderr" || {
    cat "$work/stdout" "$work/stderr"
    fail "the recipe $name"
  }
  cat "$work/stdout"
  while IFS= read -r line; do
    grep --quiet --line-regexp --fixed-strings -- "$line" "$work/stdout" || fail "the recipe $name does not print: $line"
  done <"$folder/$name.txt"
}

# The Go recipe spends nearly all its time compiling. Without optimization that is faster.
export GOFLAGS="'-gcflags=all=-N -l'"

start
recipe python python3 sh -c 'python3 -m venv reach && reach/bin/pip download --quiet --no-deps cloudflare'
recipe go go go list -m github.com/cloudflare/cloudflare-go/v7@latest
recipe wrangler npm npm view wrangler version
