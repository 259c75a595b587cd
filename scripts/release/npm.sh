#!/usr/bin/env bash
# Publishes the package to npm. The registry trusts this workflow by its OpenID Connect token, so there is no secret, and npm
# adds the provenance. Needs npm 11.5.1 or newer.
. "$(dirname "$0")/common.sh"

npm pack --silent --pack-destination "$OUT" >/dev/null
package=$OUT/mockflared-$VERSION.tgz
npm publish --dry-run --ignore-scripts --loglevel notice "./$package" 2>&1 | grep --extended-regexp 'package size|unpacked size|total files'
publish npm publish --ignore-scripts --access public --provenance "./$package"
