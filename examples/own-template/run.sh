#!/usr/bin/env bash
# Makes a project, changes one template, builds.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

portolan init
portolan templates eject portal/pages/not-found.html.jinja
page=templates/portal/pages/not-found.html.jinja
sed 's|<h1>[^<]*</h1>|<h1>Here be dragons</h1>|' "$page" >changed
mv changed "$page"
portolan build --templates templates
grep -o '<h1>.*</h1>' dist/404.html
