curl --fail-with-body --request POST \
  --user "$AWKWARD_USERNAME:$AWKWARD_PASSWORD" \
  --form 'file=@file.pdf;type=application/pdf' \
  --form 'more=@more.bin;type=application/octet-stream' \
  --form-string 'note=@/etc/passwd; type=text/html' \
  --form 'meta="{\"n\":1}";type=application/json' \
  --url 'https://upload.awkward.example/upload'
