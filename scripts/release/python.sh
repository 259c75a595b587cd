#!/usr/bin/env bash
# Builds the plugin for pytest into release/python. The workflow uploads it, because PyPI trusts its action.
. "$(dirname "$0")/common.sh"

venv=$(mktemp --directory)
trap 'rm -r "$venv"' EXIT
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet build==1.6.1 twine==7.0.0
rm -rf "$OUT/python"
"$venv/bin/python" -m build --outdir "$OUT/python" contrib/pytest >/dev/null
"$venv/bin/twine" check --strict "$OUT"/python/*
[ -f "$OUT/python/pytest_mockflared-$VERSION-py3-none-any.whl" ] || fail "there is no wheel of $VERSION"
