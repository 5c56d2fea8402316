# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154 # tables come from operation.bash
#
# --help at every level. All texts come from the document; they were laid out when the package was made, so that only
# what its author laid out (a list, a table) is ever too long for the terminal, and is folded here.

# INDENT TEXT: the text's lines, indented and folded.
_portolan_indented() {
  local line
  while IFS= read -r line; do
    if [[ -n $line ]]; then _portolan_folded "$1" "$1" "$line"; else echo; fi
  done <<<"$2"
}

# BEGINNING INDENT LINE: the line behind BEGINNING, which is on the terminal in INDENT's width, folded where it is too
# long. Bytes are counted, so what is not ASCII is folded a little early.
_portolan_folded() {
  local rest=$3 room=$((_portolan_columns - ${#2})) piece
  printf '%s' "$1"
  while ((${#rest} > room)); do
    piece=${rest:0:room + 1}
    if [[ $piece == *[!\ ]\ * ]]; then
      piece=${piece% *}
    else
      piece=${rest%% *}
    fi
    [[ $piece != "$rest" && -n $piece ]] || break
    rest=${rest:${#piece} + 1}
    printf '%s\n%s' "$piece" "$2"
  done
  printf '%s\n' "$rest"
}

# WIDTH WORD TEXT: a row of two columns; a word that is too wide has a line for itself.
_portolan_row() {
  local space indent
  printf -v indent '%*s' "$(($1 + 3))" ''
  if ((${#2} > $1)); then
    printf '  %s\n' "$2"
    [[ -z $3 ]] || _portolan_folded "$indent" "$indent" "$3"
  elif [[ -z $3 ]]; then
    printf '  %s\n' "$2"
  else
    printf -v space '  %-*s ' "$1" "$2"
    _portolan_folded "$space" "$indent" "$3"
  fi
}

# The width of the terminal, within what can be read.
_portolan_columns=80
if [[ ${COLUMNS-} =~ ^[1-9][0-9]{1,3}$ ]]; then
  _portolan_columns=$((COLUMNS < 50 ? 50 : COLUMNS > 100 ? 100 : COLUMNS))
fi

# The whole client.
_portolan_help_api() {
  local index word
  printf '%s %s\n' "$_portolan_title" "$_portolan_version"
  if [[ -n $_portolan_api_description ]]; then
    echo
    _portolan_indented '' "$_portolan_api_description"
  fi
  printf '\nUsage:\n  %s RESOURCE OPERATION [OPTION...]\n\nResources:\n' "$_portolan_command"
  for ((index = 0; index < ${#_portolan_resource_words[@]}; index++)); do
    _portolan_row 24 "${_portolan_resource_words[index]}" "${_portolan_resource_summaries[index]}"
  done
  if ((${#_portolan_webhook_names[@]})); then
    printf '\nWebhooks:\n'
    _portolan_row 24 'webhooks unwrap' 'Verify an event that the API sent, and print it'
  fi
  if ((${#_portolan_servers[@]} > 1)); then
    printf '\nServers (--server NUMBER or NAME; the first unless told otherwise):\n'
    for ((index = 0; index < ${#_portolan_servers[@]}; index++)); do
      word=${_portolan_server_names[index]}
      _portolan_visible "${_portolan_servers[index]}"
      _portolan_row 24 "$((index + 1))${word:+ $word}" "$REPLY ${_portolan_server_docs[index]}"
    done
  fi
  _portolan_help_environment
  printf '\n%s RESOURCE --help lists the operations of a resource.\n' "$_portolan_command"
}

# The variables that are read.
_portolan_help_environment() {
  local index variables
  printf '\nEnvironment:\n'
  for ((index = 0; index < ${#_portolan_scheme_names[@]}; index++)); do
    variables=${_portolan_scheme_variables[index]}
    [[ -z $variables ]] || _portolan_row 34 "${variables// /, }" "credentials (${_portolan_scheme_kinds[index]})"
  done
  _portolan_visible "the server${_portolan_servers[0]+, else ${_portolan_servers[0]}}"
  _portolan_row 34 "${_portolan_prefix}_BASE_URL" "$REPLY"
  ((${#_portolan_servers[@]} < 2)) || _portolan_row 34 "${_portolan_prefix}_SERVER" 'another of the servers'
  _portolan_row 34 "${_portolan_prefix}_TIMEOUT, _CONNECT_TIMEOUT" 'seconds, else 60 and 5'
  _portolan_row 34 "${_portolan_prefix}_MAX_RETRIES" 'how often a failed request is sent again, else 2'
  _portolan_row 34 "${_portolan_prefix}_LOG" 'info or debug: tells on standard error what happens'
  _portolan_row 34 "${_portolan_prefix}_CURL" 'the curl to run, else curl'
  [[ " ${_portolan_scheme_kinds[*]-} " != *' oauth '* ]] ||
    _portolan_row 34 "${_portolan_prefix}_TOKEN_CACHE" 'the folder that keeps tokens; empty for none'
  ((${#_portolan_webhook_names[@]} == 0)) ||
    _portolan_row 34 "${_portolan_prefix}_WEBHOOK_SECRET" 'the secret that webhooks are signed with'
}

# WORDS: a resource.
_portolan_help_resource() {
  local index
  printf 'Usage:\n  %s %s OPERATION [OPTION...]\n' "$_portolan_command" "$1"
  if ((${#_portolan_method_words[@]})); then
    printf '\nOperations:\n'
    for ((index = 0; index < ${#_portolan_method_words[@]}; index++)); do
      _portolan_row 28 "${_portolan_method_words[index]}" "${_portolan_method_summaries[index]}"
    done
  fi
  for ((index = 0; index < ${#_portolan_resource_words[@]}; index++)); do
    [[ ${_portolan_resource_words[index]} == "$1 "* ]] || continue
    printf '\n%s %s --help tells of %s\n' "$_portolan_command" "${_portolan_resource_words[index]}" \
      "${_portolan_resource_summaries[index]}"
  done
}

# WORDS: an operation.
_portolan_help_operation() {
  local index row usage="$_portolan_command $1" name
  for ((index = 1; index < ${#_portolan_path_parts[@]}; index += 2)); do
    _portolan_find_parameter path "${_portolan_path_parts[index]}" || continue
    name=${_portolan_flags[_portolan_flag]}
    usage+=" <$name>"
  done
  for ((row = 0; row < ${#_portolan_flags[@]}; row++)); do
    if [[ ${_portolan_needs[row]} == required && ${_portolan_places[row]} != path ]]; then
      usage+=" --${_portolan_flags[row]} <value>"
    fi
  done
  printf '%s\n' "${_portolan_summary:-$_portolan_http_method}"
  [[ -z $_portolan_deprecated ]] || printf '\nDeprecated: it should no longer be used.\n'
  if [[ -n $_portolan_description ]]; then
    echo
    _portolan_indented '' "$_portolan_description"
  fi
  printf '\nUsage:\n  %s [OPTION...]\n' "$usage"
  _portolan_help_rows 'Parameters' path query querystring header cookie
  _portolan_help_rows 'Body' body
  if ((${#_portolan_body_types[@]})); then
    printf '\nThe whole body instead (%s):\n' "$(IFS=,; printf '%s' "${_portolan_body_types[*]}")"
    printf '  --json <json|@file|->\n  --body-file <path|->\n  --body-text <text>\n  --content-type <type>\n'
    [[ " ${_portolan_body_kinds[*]} " != *' multipart '* ]] || printf '\nParts (NAME or NAME.INDEX):\n%s\n' \
      '  --part-type <name=type>, --part-filename <name=name>, --part-header <name=header: value>'
  fi
  printf '\nOptions:\n'
  ((${#_portolan_pages[@]} == 0)) || printf '  --all, --max-items <count>       all pages, each item on a line\n'
  [[ -z $_portolan_streaming ]] || printf '  --max-items <count>              end the stream after so many\n'
  printf '  --output <file> [--resume]       write the answer to a file\n'
  printf '  --include, --raw                 with the head; exactly as it came\n'
  printf '  --dry-run                        show the curl command, send nothing\n'
  printf '  --verbose                        tell what happens, without secrets\n'
  printf '  --null <field>, --<field>:json <json>, --<field>:string <text>\n'
  printf '  --extra-header <name: value>, --extra-query <name=value>, --accept <type>\n'
  ((${#_portolan_body_types[@]} == 0)) || printf '  --extra-body <name=json>         a member that the document does not know\n'
  printf '  --base-url <url>, --server <name>, --server-variable <name=value>\n'
  printf '  --timeout <seconds>, --connect-timeout <seconds>, --max-retries <count>\n'
  printf '\nExit codes:\n  0 fine  2 usage  3 network  4 client error  5 server error  6 timeout\n'
}

# TITLE PLACE...: the flags of these places.
_portolan_help_rows() {
  local title=$1 row place index choices type
  shift
  for ((row = 0; row < ${#_portolan_flags[@]}; row++)); do
    for place in "$@"; do
      [[ ${_portolan_places[row]} == "$place" ]] || continue
      [[ -z $title ]] || printf '\n%s:\n' "$title"
      title=
      type=${_portolan_types[row]}
      printf '  --%s <%s>' "${_portolan_flags[row]}" "${type%'[]'}"
      [[ $type != *'[]' ]] || printf '...'
      [[ ${_portolan_needs[row]} != required ]] || printf '  (required)'
      echo
      [[ -z ${_portolan_docs[row]} ]] || _portolan_indented '      ' "${_portolan_docs[row]}"
      choices=
      for ((index = 0; index < ${#_portolan_choice_flags[@]}; index++)); do
        [[ ${_portolan_choice_flags[index]} == "$row" ]] || continue
        _portolan_visible "${_portolan_choice_values[index]}"
        choices+=", $REPLY"
      done
      [[ -z $choices ]] || _portolan_folded '      ' '      ' "One of: ${choices#, }"
    done
  done
}
