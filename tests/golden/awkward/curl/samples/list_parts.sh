curl --fail-with-body \
  --header "X-Key: $AWKWARD_HEADER_KEY" \
  --url 'https://eu.awkward.example/v2/things/string/parts.json'
