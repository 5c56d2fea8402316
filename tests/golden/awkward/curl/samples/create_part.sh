curl --fail-with-body --request POST \
  --header "X-Key: $AWKWARD_HEADER_KEY" \
  --header 'Content-Type: application/json' \
  --data-raw '{"name":"it'\''s","id":1,"body":null,"children":[],"labels":{"a/b":"~"}}' \
  --url 'https://eu.awkward.example/v2/things/string/parts.json'
