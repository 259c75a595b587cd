#!/usr/bin/env bash
# Runs the checks of the edge with the real cloudflared that CLOUDFLARED_BIN names, against the built
# server. Where it is allowed, all of it runs in a network namespace that has only a loopback.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${CLOUDFLARED_BIN:-}" ]; then
  echo 'SKIPPED: CLOUDFLARED_BIN names no program: the checks of the edge with a real cloudflared'
  exit 0
fi
if ! program=$(command -v "$CLOUDFLARED_BIN") || ! "$program" --version; then
  echo "FAILED: CLOUDFLARED_BIN=$CLOUDFLARED_BIN is not a program that runs here" >&2
  exit 1
fi
CLOUDFLARED_BIN=$(realpath "$program")
export CLOUDFLARED_BIN

npm run --silent build
checks=(vitest run --config test/acceptance/vitest.config.ts "$@")
for namespace in 'unshare --net' 'unshare --net --map-root-user'; do
  if $namespace ip link set lo up 2>/dev/null; then
    echo "In a network namespace: $namespace"
    exec $namespace bash -c 'ip link set lo up && exec "$@"' bash "${checks[@]}"
  fi
done
echo 'No network namespace is allowed here: cloudflared can reach the network'
exec "${checks[@]}"
