#!/usr/bin/env bash
# Generates, mocks, calls. DOCUMENT names another place of the bookshop's document.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
document=${DOCUMENT:-$here/../../specs/bookshop/openapi.yaml}
work=$(mktemp -d)
mock=
trap 'if [[ -n $mock ]]; then kill "$mock"; fi; rm -rf "$work"' EXIT

portolan generate "$document" --out "$work" --package bookshop

portolan mock "$document" --port 0 2>"$work/mock.log" &
mock=$!
until address=$(grep -o 'http://[0-9.:]*' "$work/mock.log"); do
  kill -0 "$mock" || { cat "$work/mock.log" >&2; exit 1; }
  sleep 0.1
done
export BOOKSHOP_BASE_URL=$address/v1 BOOKSHOP_API_KEY=anything

echo "Python:"
PYTHONPATH=$work/python/src "${PYTHON:-python3}" "$here/first.py"

echo "JavaScript:"
mkdir -p "$work/app/node_modules"
ln -s "$work/javascript" "$work/app/node_modules/bookshop"
cp "$here/first.mjs" "$work/app"
node "$work/app/first.mjs"

echo "Shell:"
PATH=$work/curl/bin:$PATH bash "$here/first.sh"
