#!/usr/bin/env bash
# Builds the image for two platforms, pushes it with its SBOM and provenance, and signs it. scripts/image.sh tests it.
. "$(dirname "$0")/common.sh"

metadata=$OUT/image.json
publish docker buildx build --platform linux/amd64,linux/arm64 --sbom=true --provenance=mode=max --push \
  --build-arg "VERSION=$VERSION" --build-arg "REVISION=$(git rev-parse HEAD)" \
  --tag "$IMAGE:$VERSION" --tag "$IMAGE:latest" --metadata-file "$metadata" .
[ "${DRY_RUN:-}" != 1 ] || printf '{"containerimage.digest":"sha256:of-the-push"}' >"$metadata"
digest=$(node --print 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))["containerimage.digest"]' "$metadata")
publish cosign sign --yes --recursive "$IMAGE@$digest"
