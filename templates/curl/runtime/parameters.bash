# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to send.bash
#
# Parameters -> the URL, the headers and the cookies, by OpenAPI's style table (OpenAPI 3.0.4, 4.8.12.3 and 4.8.12.4).

# -> _portolan_url (without credentials), _portolan_headers, _portolan_cookies.
_portolan_request_line() {
  local path base query='' piece
  _portolan_query=() _portolan_headers=() _portolan_cookies=()
  _portolan_missing
  _portolan_path_text
  path=$REPLY
  _portolan_base_url
  base=${REPLY%/}
  _portolan_parameters_in query
  _portolan_parameters_in querystring
  _portolan_parameters_in header
  _portolan_parameters_in cookie
  for piece in ${_portolan_extra_query[@]+"${_portolan_extra_query[@]}"}; do
    _portolan_percent_encode "${piece%%=*}"
    query=$REPLY
    [[ $piece != *=* ]] || { _portolan_percent_encode "${piece#*=}" && query+="=$REPLY"; }
    _portolan_query[${#_portolan_query[@]}]=$query
  done
  query=
  for piece in ${_portolan_query[@]+"${_portolan_query[@]}"}; do query+="&$piece"; done
  query=${query#&}
  _portolan_url=$base$path
  if [[ -n $query ]]; then
    if [[ $_portolan_url == *\?* ]]; then _portolan_url+="&$query"; else _portolan_url+="?$query"; fi
  fi
  for piece in ${_portolan_extra_headers[@]+"${_portolan_extra_headers[@]}"}; do
    [[ $piece == [!:]*:* ]] || _portolan_usage '--extra-header takes NAME: VALUE'
    _portolan_trim "${piece#*:}"
    _portolan_header "${piece%%:*}" "$REPLY"
  done
}

# Ends when a required parameter has no value.
_portolan_missing() {
  local index flag='' count=0
  for ((index = 0; index < ${#_portolan_flags[@]}; index++)); do
    [[ ${_portolan_needs[index]} == required && ${_portolan_places[index]} != body && -z ${_portolan_members[index]} ]] ||
      continue
    _portolan_collect "${_portolan_places[index]}" "${_portolan_names[index]}"
    ((${#_portolan_pointers[@]} == 0)) || continue
    flag+=", --${_portolan_flags[index]}"
    count=$((count + 1))
  done
  ((count == 0)) || _portolan_usage "missing ${flag#, }; --help tells more"
}

# -> the server's URL, variables filled in: --base-url, else the server that was chosen, else the first.
_portolan_base_url() {
  local url=$_portolan_base_url server=0 index name value chosen count=${#_portolan_servers[@]}
  if [[ -z $url ]]; then
    url=$_portolan_own
    if [[ -n $_portolan_server ]]; then
      _portolan_chosen_server
      url=
    fi
    url=${url:-${_portolan_servers[server]-}}
    for ((index = 0; index < ${#_portolan_variable_names[@]}; index++)); do
      ((_portolan_variable_servers[index] == server)) || continue
      name=${_portolan_variable_names[index]}
      value=${_portolan_variable_values[index]}
      for ((chosen = 0; chosen < ${#_portolan_chosen_names[@]}; chosen++)); do
        [[ ${_portolan_chosen_names[chosen]} != "$name" ]] || value=${_portolan_chosen_values[chosen]}
      done
      _portolan_percent_encode "$value"
      _portolan_replace "$REPLY" %2F /
      _portolan_replace "$REPLY" %3A :
      _portolan_replace "$url" "{$name}" "$REPLY"
      url=$REPLY
    done
  fi
  [[ $url =~ ^[Hh][Tt][Tt][Pp][Ss]?://[^[:space:][:cntrl:]]+$ ]] || _portolan_usage \
    "the server's address \`$url\` is not a whole http URL: give --base-url or set ${_portolan_prefix}_BASE_URL"
  value=${url#*://}
  [[ ${value%%[/?#]*} != *@* ]] || _portolan_usage 'a user and a password do not belong into the base URL'
  REPLY=$url
}

# -> `server` of the caller: the row that --server names, by its number or its name.
_portolan_chosen_server() {
  for ((server = 0; server < count; server++)); do
    [[ $_portolan_server != "$((server + 1))" && $_portolan_server != "${_portolan_server_names[server]-}" ]] || return 0
  done
  _portolan_usage "there is no server \`$_portolan_server\`; \`$_portolan_command --help\` lists all"
}

# -> the path with its parameters.
_portolan_path_text() {
  local result='' index count=${#_portolan_path_parts[@]} name segments segment
  for ((index = 0; index < count; index++)); do
    if ((index % 2 == 0)); then
      result+=${_portolan_path_parts[index]}
      continue
    fi
    name=${_portolan_path_parts[index]}
    if ! _portolan_find_parameter path "$name"; then
      _portolan_usage "the document does not describe the path parameter \`$name\`"
    fi
    _portolan_styled path "$_portolan_flag" || _portolan_usage "missing --${_portolan_flags[_portolan_flag]}"
    [[ -n $REPLY ]] || _portolan_usage "--${_portolan_flags[_portolan_flag]} must not be empty"
    result+=$REPLY
  done
  # A value could also become `.` or `..` together with the text around it.
  segments=${result%%\?*}/
  while [[ -n $segments ]]; do
    segment=${segments%%/*}
    segments=${segments#*/}
    [[ $segment != . && $segment != .. ]] || _portolan_usage "a path parameter must not make the path segment \`$segment\`"
  done
  REPLY=$result
}

# PLACE: all parameters that travel there.
_portolan_parameters_in() {
  local row
  for ((row = 0; row < ${#_portolan_flags[@]}; row++)); do
    [[ ${_portolan_places[row]} == "$1" && -z ${_portolan_members[row]} ]] || continue
    _portolan_styled "$1" "$row" || continue
    case $1 in
      header) _portolan_header "${_portolan_names[row]}" "$REPLY" ;;
      querystring) _portolan_query[${#_portolan_query[@]}]=$REPLY ;;
    esac
  done
}

# NAME VALUE: a header; what would end it early is refused.
_portolan_header() {
  [[ $1 =~ ^[]A-Za-z0-9!\#$%\&\'*+.^_\`\|~-]+$ ]] || _portolan_usage "\`$1\` is not the name of a header"
  if [[ ${2//$'\t'/} == *[[:cntrl:]]* ]]; then _portolan_usage "the header $1 must not hold control characters"; fi
  # Blanks alone are no value, and would be no header for curl.
  [[ $2 == *[!$' \t']* ]] || set -- "$1" ''
  _portolan_headers[${#_portolan_headers[@]}]="$1: $2"
}

# PLACE ROW -> the parameter's text, where it has one (path, header, querystring); for query and cookie it goes into
# _portolan_query or _portolan_cookies. Fails when the parameter has no value.
_portolan_styled() {
  local place=$1 row=$2 name=${_portolan_names[$2]} mode=${_portolan_modes[$2]} explode='' encode=_portolan_percent_encode
  local value index shape='' encoded_name style separator
  _portolan_value "$place" "$name" || return 1
  value=$REPLY
  if [[ $mode == */* ]]; then
    _portolan_content "$place" "$name" "$mode" "$value"
    return
  fi
  [[ $value != null ]] || return 1
  if [[ $mode == *+* ]]; then
    encode=_portolan_percent_encode_reserved
    [[ $place != path ]] || encode=_portolan_percent_encode_segment
  fi
  [[ $mode != *'*'* ]] || explode=1
  style=${mode%%[+*]*}
  [[ $place != header && $style != cookie ]] || encode=_portolan_as_it_is
  _portolan_percent_encode "$name"
  encoded_name=$REPLY
  [[ $place == path || $place == query ]] || encoded_name=$name
  if [[ $style == deepObject ]]; then
    _portolan_deep "$encoded_name" "$value"
    return
  fi
  local -a keys texts
  keys=() texts=()
  if [[ $value == [\{\[]* ]]; then
    _portolan_json_members "$value"
    shape=$_portolan_kind
    for ((index = 0; index < ${#_portolan_values[@]}; index++)); do
      # What is null is not there.
      [[ ${_portolan_values[index]} != null ]] || continue
      _portolan_pointer_text "${_portolan_keys[index]}"
      "$encode" "$REPLY"
      keys[${#keys[@]}]=$REPLY
      _portolan_json_plain "${_portolan_values[index]}"
      if [[ $place == path && ($REPLY == '' || $REPLY == . || $REPLY == ..) && ${#_portolan_values[@]} -eq 1 ]]; then
        _portolan_usage "--${_portolan_flags[row]} must not be \`$REPLY\`"
      fi
      "$encode" "$REPLY"
      texts[${#texts[@]}]=$REPLY
    done
    ((${#texts[@]})) || return 1
  else
    _portolan_json_plain "$value"
    if [[ $place == path && ($REPLY == '' || $REPLY == . || $REPLY == ..) ]]; then
      _portolan_usage "--${_portolan_flags[row]} must not be \`$REPLY\`"
    fi
    "$encode" "$REPLY"
    texts=("$REPLY")
  fi
  case $style in
    simple) _portolan_join "$shape" "$explode" , ;;
    label)
      separator=,
      [[ -z $explode ]] || separator=.
      _portolan_join "$shape" "$explode" "$separator"
      REPLY=.$REPLY
      ;;
    matrix)
      if [[ -n $explode && $shape == '[' ]]; then
        _portolan_join_named "$encoded_name" ';'
      elif [[ -n $explode && $shape == '{' ]]; then
        _portolan_join "$shape" 1 ';'
      else
        _portolan_join "$shape" '' ,
        if [[ -n $REPLY ]]; then REPLY=$encoded_name=$REPLY; else REPLY=$encoded_name; fi
      fi
      REPLY=";$REPLY"
      ;;
    *)
      case $style in
        spaceDelimited) separator=%20 ;;
        pipeDelimited) separator=%7C ;;
        *) separator=, ;;
      esac
      if [[ -n $explode && $shape == '[' ]]; then
        for ((index = 0; index < ${#texts[@]}; index++)); do _portolan_pair "$place" "$encoded_name" "${texts[index]}"; done
      elif [[ -n $explode && $shape == '{' ]]; then
        for ((index = 0; index < ${#texts[@]}; index++)); do _portolan_pair "$place" "${keys[index]}" "${texts[index]}"; done
      else
        _portolan_join "$shape" '' "$separator"
        _portolan_pair "$place" "$encoded_name" "$REPLY"
      fi
      ;;
  esac
}

_portolan_as_it_is() {
  REPLY=$1
}

# PLACE NAME TEXT: one pair of the query or of the cookies.
_portolan_pair() {
  if [[ $1 == cookie ]]; then
    if [[ $2$3 == *[[:cntrl:]\;]* ]]; then _portolan_usage "a cookie must not hold \`;\` or control characters"; fi
    _portolan_cookies[${#_portolan_cookies[@]}]=$2=$3
  else
    _portolan_query[${#_portolan_query[@]}]=$2=$3
  fi
}

# SHAPE EXPLODE SEPARATOR -> keys and texts of the caller in one text.
_portolan_join() {
  local index result='' pair=,
  [[ $3 == , || $3 == ';' || $3 == . ]] || pair=$3
  [[ -z $2 ]] || pair='='
  for ((index = 0; index < ${#texts[@]}; index++)); do
    ((index == 0)) || result+=$3
    [[ $1 != '{' ]] || result+=${keys[index]}$pair
    result+=${texts[index]}
  done
  REPLY=$result
}

# NAME SEPARATOR -> `NAME=text` for each text of the caller.
_portolan_join_named() {
  local index result=
  for ((index = 0; index < ${#texts[@]}; index++)); do
    ((index == 0)) || result+=$2
    result+=$1
    [[ -z ${texts[index]} ]] || result+="=${texts[index]}"
  done
  REPLY=$result
}

# NAME VALUE: `NAME[a][b]=text` for every leaf. A list of scalars repeats the name, other lists count their items: the
# standard leaves this open.
_portolan_deep() {
  local name=$1 index prefix counted=
  local -a members values
  [[ $2 != null ]] || return 0
  if [[ $2 != [\{\[]* ]]; then
    _portolan_json_plain "$2"
    _portolan_percent_encode "$REPLY"
    _portolan_query[${#_portolan_query[@]}]=$name=$REPLY
    return
  fi
  _portolan_json_members "$2"
  members=(${_portolan_keys[@]+"${_portolan_keys[@]}"})
  values=(${_portolan_values[@]+"${_portolan_values[@]}"})
  prefix=$_portolan_kind
  for ((index = 0; index < ${#values[@]}; index++)); do
    [[ ${values[index]} != [\{\[]* ]] || counted=1
  done
  for ((index = 0; index < ${#values[@]}; index++)); do
    if [[ $prefix == '{' ]]; then
      _portolan_pointer_text "${members[index]}"
      _portolan_percent_encode "$REPLY"
      _portolan_deep "$name%5B$REPLY%5D" "${values[index]}"
    else
      [[ -z $counted ]] || counted="%5B$index%5D"
      _portolan_deep "$name$counted" "${values[index]}"
    fi
  done
}

# PLACE NAME MEDIA-TYPE VALUE: a parameter whose value is a document of its own: JSON, else its text.
_portolan_content() {
  local text=$4
  [[ $3 == *json* ]] || { _portolan_json_plain "$4" && text=$REPLY; }
  if [[ $1 == querystring && $3 == application/x-www-form-urlencoded ]]; then
    _portolan_form_text "$4"
    return
  fi
  case $1 in
    header) REPLY=$text ;;
    cookie | query)
      _portolan_percent_encode "$text"
      text=$REPLY
      _portolan_percent_encode "$2"
      _portolan_pair "$1" "$REPLY" "$text"
      ;;
    *) _portolan_percent_encode "$text" ;;
  esac
}
