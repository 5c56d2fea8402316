# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154 # tables come from operation.bash
#
# --help at every level, and what the completions of bash, zsh and fish ask for. All texts come from the document.

# INDENT TEXT: the text's lines, indented.
_portolan_indented() {
  local line
  while IFS= read -r line; do
    if [[ -n $line ]]; then printf '%s%s\n' "$1" "$line"; else echo; fi
  done <<<"$2"
}

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
    word=${_portolan_resource_words[index]}
    printf '  %-24s %s\n' "$word" "${_portolan_resource_summaries[index]}"
  done
  _portolan_help_environment
  printf '\n%s RESOURCE --help lists the operations of a resource.\n' "$_portolan_command"
}

# The variables that are read.
_portolan_help_environment() {
  local index variables
  printf '\nEnvironment:\n'
  for ((index = 0; index < ${#_portolan_scheme_names[@]}; index++)); do
    variables=${_portolan_scheme_variables[index]}
    [[ -z $variables ]] || printf '  %-34s %s\n' "${variables// /, }" "credentials (${_portolan_scheme_kinds[index]})"
  done
  printf '  %-34s %s\n' "${_portolan_prefix}_BASE_URL" "the server${_portolan_servers[0]+, else ${_portolan_servers[0]}}"
  printf '  %-34s %s\n' "${_portolan_prefix}_TIMEOUT, _CONNECT_TIMEOUT" 'seconds, else 60 and 5'
  printf '  %-34s %s\n' "${_portolan_prefix}_MAX_RETRIES" 'how often a failed request is sent again, else 2'
  printf '  %-34s %s\n' "${_portolan_prefix}_LOG" 'info or debug: tells on standard error what happens'
  printf '  %-34s %s\n' "${_portolan_prefix}_CURL" 'the curl to run, else curl'
}

# WORDS: a resource.
_portolan_help_resource() {
  local index
  printf 'Usage:\n  %s %s OPERATION [OPTION...]\n' "$_portolan_command" "$1"
  if ((${#_portolan_method_words[@]})); then
    printf '\nOperations:\n'
    for ((index = 0; index < ${#_portolan_method_words[@]}; index++)); do
      printf '  %-28s %s\n' "${_portolan_method_words[index]}" "${_portolan_method_summaries[index]}"
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
  fi
  printf '\nOptions:\n'
  ((${#_portolan_pages[@]} == 0)) || printf '  --all, --max-items <count>       all pages, each item on a line\n'
  printf '  --output <file> [--resume]       write the answer to a file\n'
  printf '  --include, --raw                 with the head of the answer; exactly what was sent\n'
  printf '  --dry-run                        show the curl command, send nothing\n'
  printf '  --null <field>, --<field>:json <json>, --<field>:string <text>\n'
  printf '  --extra-header <name: value>, --extra-query <name=value>, --accept <type>\n'
  printf '  --base-url <url>, --server-variable <name=value>\n'
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
      [[ $type != *'[]' ]] || type="${type%'[]'}>... <repeat"
      printf '  --%s <%s>' "${_portolan_flags[row]}" "$type"
      [[ ${_portolan_needs[row]} != required ]] || printf '  (required)'
      echo
      [[ -z ${_portolan_docs[row]} ]] || _portolan_indented '      ' "${_portolan_docs[row]}"
      choices=
      for ((index = 0; index < ${#_portolan_choice_flags[@]}; index++)); do
        [[ ${_portolan_choice_flags[index]} != "$row" ]] || choices+=", ${_portolan_choice_values[index]}"
      done
      [[ -z $choices ]] || printf '      One of: %s\n' "${choices#, }"
    done
  done
}

# WORD...: what may stand in the place of the last word, one candidate on a line.
_portolan_complete() {
  local last=${*:$#} before='' index row name word matched
  # The words before the last lead to a resource and an operation.
  if _portolan_locate "${@:1:$#-1}" 2>/dev/null && [[ -n $_portolan_found_method ]]; then
    matched=$_portolan_consumed
    (($# - 1 <= matched)) || before=${*:$#-1:1}
    if [[ $before == --* ]] && _portolan_find_flag "${before#--}"; then
      row=$_portolan_flag
      for ((index = 0; index < ${#_portolan_choice_flags[@]}; index++)); do
        [[ ${_portolan_choice_flags[index]} != "$row" ]] || _portolan_candidate "${_portolan_choice_values[index]}"
      done
      return
    fi
    for name in ${_portolan_flags[@]+"${_portolan_flags[@]}"} help all max-items output resume include raw dry-run json \
      body-file body-text content-type null extra-header extra-query accept base-url server-variable timeout \
      connect-timeout max-retries; do
      _portolan_candidate "--${name%%[*#]*}"
    done
    return
  fi
  before="${*:1:$#-1}"
  for ((index = 0; index < ${#_portolan_resource_words[@]}; index++)); do
    word=${_portolan_resource_words[index]}
    if [[ -z $before ]]; then
      _portolan_candidate "${word%% *}"
    elif [[ $word == "$before "* ]]; then
      word=${word#"$before "}
      _portolan_candidate "${word%% *}"
    fi
  done
  for word in ${_portolan_method_words[@]+"${_portolan_method_words[@]}"}; do _portolan_candidate "$word"; done
}

# TEXT: printed when it goes on what was typed; a candidate is one line.
_portolan_candidate() {
  [[ $1 != "$last"* || $1 == *[[:cntrl:]]* ]] || printf '%s\n' "$1"
}
