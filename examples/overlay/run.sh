#!/usr/bin/env bash
# Checks the vendor's document with our overlay, makes a Python SDK of both, and shows what it can do.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

document=("$here/vendor.yaml" --overlay "$here/ours.overlay.yaml")
portolan check "${document[@]}"
portolan generate "${document[@]}" --target python --out "$out" --package weather
grep -o 'client\.[a-z]*\.[a-z]*(.*' "$out/python/README.md"
(cd "$out/python/src/weather" && ls resources)
