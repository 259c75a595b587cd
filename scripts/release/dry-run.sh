#!/usr/bin/env bash
# Does everything that .github/workflows/release.yml does, except what leaves this machine.
. "$(dirname "$0")/common.sh"
export DRY_RUN=1

for script in "check.sh v$VERSION" executable.sh npm.sh image.sh python.sh go.sh github.sh; do
  printf '\n--- scripts/release/%s\n' "$script"
  case $script in
    python.sh) tool=python3 ;;
    go.sh) tool=go ;;
    *) tool=node ;;
  esac
  command -v "$tool" >/dev/null || { printf 'SKIPPED: scripts/release/%s: there is no %s\n' "$script" "$tool"; continue; }
  # shellcheck disable=SC2086 # a script and its argument
  scripts/release/$script
done
