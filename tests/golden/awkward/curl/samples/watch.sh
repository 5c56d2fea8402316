curl --fail-with-body \
  --url 'https://eu.awkward.example/v2/watch'
