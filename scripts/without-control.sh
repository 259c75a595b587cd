#!/usr/bin/env bash
# Proves that the emulated plane does not know the control plane: without it, its own tests still pass.
set -euo pipefail
cd "$(dirname "$0")/.."

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --target-directory "$copy"
ln -s "$PWD/node_modules" "$copy/node_modules"

cd "$copy"
rm -r src/control
sed -i '/[cC]ontrolPlane/d' src/emulator/app.ts
npx vitest run test/resources test/gateway test/store test/cloudflared
