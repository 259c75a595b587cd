#!/usr/bin/env bash
# Checks the workflows and action.yml with actionlint, which go builds.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v go >/dev/null || { echo 'SKIPPED: the workflows were not checked: there is no go'; exit 0; }
folder=$(mktemp --directory)
trap 'rm -r "$folder"' EXIT
GOTOOLCHAIN=local GOBIN=$folder go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 2>"$folder/log" ||
  { cat "$folder/log"; echo 'SKIPPED: the workflows were not checked: actionlint cannot be built'; exit 0; }

# A program that finds nothing in a broken workflow would prove nothing.
printf 'on: push\njobs: {a: {runs-on: none-such, steps: [{run: echo, uses: x}]}}\n' >"$folder/broken.yml"
! "$folder/actionlint" -shellcheck= "$folder/broken.yml" >/dev/null || { echo 'FAILED: actionlint finds no error' >&2; exit 1; }
"$folder/actionlint" -shellcheck=
echo "actionlint finds no error in $(echo .github/workflows/*.yml)"
