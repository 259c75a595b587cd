#!/usr/bin/env bash
# Checks the manifests with the schemas of Kubernetes, and that the chart renders them.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp --directory)
trap 'rm --recursive --force "$work"' EXIT

step() {
  printf '\n--- %s\n' "$1"
}

# The package contains the schemas, so the check needs no network.
VALIDATE=kubernetes-validate==1.37.0
OLDEST=1.27
NEWEST=1.37

manifests=(examples/kubernetes.yaml examples/fleet.yaml charts/testdata/everything.yaml)

step "schemas: $VALIDATE"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "$VALIDATE"

# validate VERSION FILE...: with --strict, an unknown field is an error. A ServiceMonitor has no schema here, so it warns;
# the types in Go are the check of that.
validate() {
  "$work/venv/bin/kubernetes-validate" --strict --quiet --no-warn --kubernetes-version "$1" "${@:2}"
}

for version in "$OLDEST" "$NEWEST"; do
  step "Kubernetes $version: ${manifests[*]}"
  validate "$version.0" "${manifests[@]}"
done

# refused CHANGE ERROR: the first manifest with this change of sed has this error
refused() {
  sed "$1" "${manifests[0]}" >"$work/changed.yaml"
  if validate "$NEWEST.0" "$work/changed.yaml" >"$work/errors" 2>&1 || ! grep --quiet "$2" "$work/errors"; then
    echo "FAILED: $1 is not an error" >&2
    cat "$work/errors" >&2
    exit 1
  fi
}

step 'a wrong type and an unknown field are errors'
refused 's/replicas: 1/replicas: three/' "'three' is not of type 'integer'"
refused 's/runAsNonRoot/runAsNoRoot/' "'runAsNoRoot' was unexpected"

echo "$(cat "${manifests[@]}" | grep '^kind:' | grep --count --invert-match ServiceMonitor) objects are valid from Kubernetes $OLDEST to $NEWEST"

step 'the chart, with the packages of Helm 3'
if command -v go >/dev/null; then
  cd charts
  # Without optimization, Go compiles faster; with the flags of scripts/contrib.sh, it compiles once.
  export GOFLAGS="'-gcflags=all=-N -l'" GOTOOLCHAIN=local
  [ -z "$(gofmt -l .)" ] || { gofmt -d .; exit 1; }
  go vet .
  go test -count=1 .
else
  echo 'SKIPPED: charts: there is no go'
fi
