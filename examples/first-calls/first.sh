#!/usr/bin/env bash
set -euo pipefail
bookshop books list --genre poetry --max-items 3 | sed -E 's/.*"title": ?"([^"]*)".*/\1/'
