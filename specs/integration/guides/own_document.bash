set -euo pipefail

older=$(integration specs upload --body-file "$1" | jq -r .id)
newer=$(integration specs upload --body-file "$2")
id=$(jq -r .id <<<"$newer")
jq -r '"\(.title) \(.version): \(.report.score.grade)"' <<<"$newer"

integration specs compare "$id" --against "$older" |
  jq -r '(.changes[] | select(.severity == "breaking") | "\(.subject.title): \(.message)"),
    "the next version is \(.next_version)"'

integration specs download-sdk "$id" curl --format zip --output sdk.zip
echo "saved sdk.zip"

integration specs delete "$older"
integration specs delete "$id"
