#!/usr/bin/env bash
# Checks both documents, builds the portal.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

portolan check "$here"/specs/*.yaml
portolan build --config "$here/portolan.toml" --out "$out/dist"
(cd "$out/dist" && ls -d tides ships downloads/*/*python*)
