curl --fail-with-body --request PUT \
  --cert "$AWKWARD_CLIENT_CERTIFICATE" \
  --key "$AWKWARD_CLIENT_KEY" \
  --header 'Content-Type: image/png' \
  --data-binary '@body.png' \
  --url 'https://eu.awkward.example/v2/raw?api%20key='"$AWKWARD_QUERY_KEY"
