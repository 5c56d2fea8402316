# Walks through the integration API with its shell package, and prints what it saw.
set -euo pipefail

# The status of a call: that of the problem document, the last line of what a failure says.
status() {
  local said
  if said=$(integration "$@" 2>&1 >/dev/null); then
    echo 204
  else
    jq .status <<<"${said##*$'\n'}"
  fi
}

spec=$(integration specs upload --body-file "$1")
id=$(jq -r .id <<<"$spec")
integration specs download-sdk "$id" python --output sdk.tar.gz
specs=$(integration specs list --limit 1 --all | jq -s '[.[] | .id]')
listings=$(integration listings list --limit 7 --all | jq -s '[.[] | .id]')
sample=$(integration specs list-samples "$id" listBooks --language python)
statuses=$(
  status specs upload --body-file broken.yaml
  status specs upload --body-file large.yaml
  status specs get none
  status specs delete bookshop
  status specs delete "$id"
  status specs get "$id"
)
jq -n \
  --arg ready "$(integration health check-readiness | jq -r .status)" \
  --argjson spec "$spec" --argjson specs "$specs" --argjson listings "$listings" --argjson sample "$sample" \
  --argjson statuses "$(jq -s . <<<"$statuses")" \
  --arg found "$(integration search search --q "upload a cover" --kind operation --limit 1 | jq -r '.data[0].id')" \
  --arg document "$(integration documents get bookshop/guides/files | jq -r .title)" \
  '{$ready, title: $spec.title, errors: $spec.report.counts.error, $specs, sample: $sample.data[0].source, $found, $listings,
    $document, $statuses}'
