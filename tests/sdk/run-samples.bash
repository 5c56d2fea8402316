#!/usr/bin/env bash
# Sources all samples of a folder one after another, each in a subshell of its own: `run-samples.bash < FILES`.
#
# Prints a line for each that failed: its name, a tab, how it ended and what it said. batches.py starts it in the folder.
# There is no `set -e` here: the subshell's own would not count beside an `if` or `||`.
LC_ALL=C
said=$(mktemp)
trap 'rm -f "$said"' EXIT

while IFS= read -r file; do
  (
    set -euo pipefail
    # What it opens lies beside it.
    [[ $file != */* ]] || { cd "${file%/*}" && file=${file##*/}; }
    # shellcheck disable=SC1090 # each of them is checked by itself
    source "./$file"
  ) >/dev/null 2>"$said" </dev/null
  status=$?
  if ((status)); then
    printf '%s\t%s\n' "$file" "exit $status: $(tr '\n\t' '  ' <"$said" | tail -c 600)"
  fi
done
