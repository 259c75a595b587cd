#!/usr/bin/env bash
# Runs the suites of contrib/ and of examples/envtest against the server of the packed product.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp --directory)
trap 'rm --recursive --force "$work"' EXIT

skipped() {
  printf 'SKIPPED: %s: %s\n' "$1" "$2"
}

step() {
  printf '\n--- %s\n' "$1"
}

python_suite() {
  local venv=$work/venv
  step 'contrib/pytest'
  python3 -m venv "$venv" 2>/dev/null || { skipped contrib/pytest 'there is no python3 that makes environments'; return; }
  "$venv/bin/pip" install --quiet hatchling --requirement contrib/pytest/requirements-test.txt ||
    { skipped contrib/pytest 'its packages cannot be had'; return; }
  "$venv/bin/pip" install --quiet --no-build-isolation ./contrib/pytest
  (
    cd contrib/pytest
    export PYTHONDONTWRITEBYTECODE=1
    "$venv/bin/mypy" --cache-dir "$work/mypy"
    "$venv/bin/python" -m pytest -p no:cacheprovider --override-ini "mockflared_command=$MOCKFLARED_COMMAND"
  )
}

# go_suite FOLDER
go_suite() {
  step "$1"
  command -v go >/dev/null || { skipped "$1" 'there is no go'; return; }
  (
    cd "$1"
    go mod download || { skipped "$1" 'its packages cannot be had, or it needs a newer go'; exit 0; }
    [ -z "$(gofmt -l .)" ] || { gofmt -d .; exit 1; }
    go vet .
    go test -count=1 -v . >"$work/go.log" || { cat "$work/go.log"; exit 1; }
    grep -E '^ok|Docker is not|SKIPPED:' "$work/go.log"
  )
}

step 'npm pack'
npm pack --silent --pack-destination "$work" >/dev/null
(cd "$work" && npm install --silent --prefer-offline --no-audit --no-fund ./mockflared-*.tgz)
export MOCKFLARED_COMMAND="node $work/node_modules/mockflared/dist/cli.js"
unset MOCKFLARED_URL

# Without optimization, Go compiles faster; with the flags of the other suites, it compiles once.
export GOFLAGS="'-gcflags=all=-N -l'" GOTOOLCHAIN=local

python_suite
go_suite contrib/go
go_suite contrib/go/sdktest
go_suite contrib/go/testcontainers
go_suite examples/envtest
