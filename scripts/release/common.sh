# The scripts of a release read this file. With DRY_RUN=1 they do everything except what leaves this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

VERSION=$(node --print 'require("./package.json").version')
IMAGE=ghcr.io/mockflared/mockflared
OUT=release
mkdir -p "$OUT"

fail() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

# publish COMMAND...: runs what others can see.
publish() {
  if [ "${DRY_RUN:-}" = 1 ]; then
    printf 'not run: %s\n' "$*"
  else
    "$@"
  fi
}
