#!/usr/bin/env bash
# Tags the Go modules: a module in a subfolder has the versions of the tags that begin with its path. First it makes the tags in
# a copy, and downloads the modules from there as a user of them would.
. "$(dirname "$0")/common.sh"

REPOSITORY=github.com/mockflared/mockflared
MODULES=(contrib/go contrib/go/testcontainers)

work=$(mktemp --directory)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
git clone --quiet --bare . "$work/copy.git"
for module in "${MODULES[@]}"; do git -C "$work/copy.git" tag --force "$module/v$VERSION" >/dev/null; done

mkdir "$work/user"
(
  cd "$work/user"
  export GOTOOLCHAIN=local GOMODCACHE=$work/cache GOFLAGS=-mod=mod GOPRIVATE=$REPOSITORY
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=url.file://$work/copy.git.insteadOf GIT_CONFIG_VALUE_0=https://$REPOSITORY
  go mod init example.com/user 2>/dev/null
  for module in "${MODULES[@]}"; do
    go mod download -json "$REPOSITORY/$module@v$VERSION" | grep '"Version"'
  done
)

for module in "${MODULES[@]}"; do publish git tag "$module/v$VERSION"; done
publish git push origin "${MODULES[@]/%//v$VERSION}"
