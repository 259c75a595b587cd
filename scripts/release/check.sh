#!/usr/bin/env bash
# Checks that everything has the version of the tag, and writes its part of the changelog to release/NOTES.md.
# usage: check.sh TAG
. "$(dirname "$0")/common.sh"

tag=${1:?usage: check.sh TAG}
[ "$tag" = "v$VERSION" ] || fail "the tag is $tag, package.json has $VERSION"

# has FILE TEXT
has() {
  grep --quiet --fixed-strings -- "$2" "$1" || fail "$1 does not have: $2"
}
has package-lock.json "\"version\": \"$VERSION\""
has contrib/pytest/pyproject.toml "version = \"$VERSION\""
for module in contrib/go/sdktest contrib/go/testcontainers examples/envtest; do
  has "$module/go.mod" "github.com/mockflared/mockflared/contrib/go v$VERSION"
done
has contrib/go/README.md "contrib/go@v$VERSION"
has charts/mockflared/Chart.yaml "version: $VERSION"
has charts/mockflared/Chart.yaml "appVersion: $VERSION"
has charts/mockflared/values.yaml "repository: $IMAGE"
has docs/recipes.md "mockflared/mockflared@v$VERSION"
has README.md "mockflared $VERSION listens"

awk -v heading="## $VERSION" '
  index($0, "## ") == 1 { inside = ($0 == heading || index($0, heading " ") == 1); next }
  inside { print }
' CHANGELOG.md >"$OUT/NOTES.md"
grep --quiet . "$OUT/NOTES.md" || fail "CHANGELOG.md has no part $VERSION"
printf 'checked: everything has version %s; the notes have %s lines\n' "$VERSION" "$(wc --lines <"$OUT/NOTES.md")"
