#!/usr/bin/env bash
# Runs a command line made of a hostile document, with a `curl` in front that does nothing, and every sample.
#
#   check_shell.sh CURL_PACKAGE SAMPLES      exit 1 with a line per fault
#
# All scripts parse; whatever is called, no command of the document's runs: those would make a file CANARY-FILE.
set -uo pipefail

package=$(cd -- "$1" && pwd)
samples=$(cd -- "$2" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/bin" "$place/work"
printf '#!/bin/sh\nexit 0\n' >"$place/bin/curl"
chmod +x "$place/bin/curl"
PATH=$place/bin:$PATH
cd "$place/work" || exit 2
status=0
fault() {
  printf '%s\n' "$*"
  status=1
}

while IFS= read -r -d '' script; do
  bash -n "$script" || fault "${script#"$package"/}: does not parse"
done < <(find "$package" "$samples" \( -name '*.bash' -o -name '*.sh' -o -path '*/bin/*' \) -type f -print0)

programs=("$package"/bin/*)
program=${programs[0]}
[[ -x $program ]] || fault "no program in bin/"
called=0
call() { timeout 20 bash "$program" "$@" </dev/null >"$place/said" 2>&1; }
call --help || fault "--help fails: $(head -n 1 "$place/said")"
while read -r group command; do
  called=$((called + 1))
  call "$group" "$command" --help || fault "$group $command --help fails: $(head -n 1 "$place/said")"
  call "$group" "$command" one two three
  call "$group" "$command" --dry-run one two three
done < <(sed -n 's/^### `[^ ]* \([^ ]*\) \([^ ]*\)`$/\1 \2/p' "$package/reference.md")
((called)) || fault "no operation was found"
# The package's own tests, without the library: only what they say themselves is run.
timeout 60 bash -c 'given() { :; }
  command_not_found_handle() { count=$((count + 1)); }
  for calls in "$1"/tests/calls/*.bash; do . "$calls"; done
  for test in $(compgen -A function test_); do "$test" && count=$((count + 1)); done
  ((count))' - "$package" </dev/null >"$place/said" 2>&1 || fault "tests/calls fail: $(tail -n 1 "$place/said")"
for script in "$samples"/curl/*.sh; do
  timeout 20 bash "$script" </dev/null >/dev/null 2>&1 || true
done
for completion in "$package"/completions/*; do
  [[ $completion == *.bash ]] && timeout 20 bash -c 'source "$1"' - "$completion" >/dev/null 2>&1
done
[[ -z $(find "$place" -name 'CANARY-FILE') ]] || fault "a command of the document's was run"
[[ -z $(find "$package" "$samples" -name 'CANARY-FILE') ]] || fault "a command of the document's was run"
exit "$status"
