#!/usr/bin/env bash
# Makes the release on GitHub: the package, the executables, the SBOM of both, the Helm chart, checksums, and the notes
# of check.sh.
. "$(dirname "$0")/common.sh"

node scripts/release/sbom.ts >"$OUT/mockflared.cdx.json"
printf 'SBOM: %s packages\n' "$(node --print "require('./$OUT/mockflared.cdx.json').components.length")"
# The chart has a link to the configuration of nginx. The archive must have the text.
tar --create --gzip --dereference --file "$OUT/mockflared-chart-$VERSION.tgz" --directory charts mockflared
(
  cd "$OUT"
  shopt -s nullglob
  sha256sum -- *.tar.gz *.tgz *.cdx.json >SHA256SUMS
  cat SHA256SUMS
  sha256sum --check --quiet SHA256SUMS
)
mapfile -t files < <(cd "$OUT" && awk '{ print $2 }' SHA256SUMS)
publish gh release create "v$VERSION" --verify-tag --title "$VERSION" --notes-file "$OUT/NOTES.md" \
  "${files[@]/#/$OUT/}" "$OUT/SHA256SUMS"
