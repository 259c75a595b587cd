#!/usr/bin/env bash
# Builds the single executable of this platform, tests it, and packs it with the licences of its contents.
. "$(dirname "$0")/common.sh"

npm run --silent test:executable
name=mockflared-$(node --print '`${process.platform}-${process.arch}`')
folder=$OUT/$name
mkdir -p "$folder"
ln --force "$OUT/mockflared" "$folder/mockflared"
cp LICENSE "$OUT/THIRD-PARTY.txt" "$folder"

# npm's package of Node has no licence file, so it comes from the source of the same version.
licence=https://raw.githubusercontent.com/nodejs/node/$(node --version)/LICENSE
publish curl --fail --silent --show-error --location --output "$folder/NODE-LICENSE.txt" "$licence"

tar --create --gzip --file "$OUT/$name.tar.gz" --directory "$OUT" "$name"
rm -r "$folder"
printf '%s: %s MB\n' "$OUT/$name.tar.gz" $(($(wc --bytes <"$OUT/$name.tar.gz") / 1000000))
