# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, options go to the other files
#
# The words of the command line -> options of ours, and entries: a flag, a place in its value, a text.

# Our own options and what they are when not given.
_portolan_options() {
  _portolan_help='' _portolan_all='' _portolan_max_items='' _portolan_output='' _portolan_resume=''
  _portolan_include='' _portolan_raw='' _portolan_dry_run='' _portolan_json='' _portolan_json_given=''
  _portolan_body_file='' _portolan_body_text='' _portolan_body_text_given='' _portolan_content_type='' _portolan_accept=''
  _portolan_extra_headers=() _portolan_extra_query=() _portolan_chosen_names=() _portolan_chosen_values=()
  _portolan_part_options=() _portolan_extra_row=''
  _portolan_setting timeout TIMEOUT 60
  _portolan_setting connect-timeout CONNECT_TIMEOUT 5
  _portolan_setting max-retries MAX_RETRIES 2
  _portolan_setting base-url BASE_URL ''
  _portolan_setting server SERVER ''
  _portolan_setting log LOG ''
}

# OPTION VARIABLE DEFAULT: an option that the environment may set, under the same rules.
_portolan_setting() {
  local variable=${_portolan_prefix}_$2 name=${1//-/_}
  printf -v "_portolan_$name" '%s' "$3"
  [[ -z ${!variable-} ]] || _portolan_set "$1" "${!variable}" "$variable"
}

# OPTION VALUE CALLED: checks the value and keeps it. CALLED is what the caller knows the option as.
_portolan_set() {
  case $1 in
    timeout | connect-timeout)
      if ! _portolan_is_number "$2" || [[ $2 == *[-eE]* || ${#2} -gt 12 ]]; then _portolan_usage "$3 takes a number of seconds"; fi
      ;;
    max-retries | max-items)
      if ! _portolan_is_integer "$2" || [[ $2 == -* ]] || ((${#2} > 9)); then _portolan_usage "$3 takes a count"; fi
      ;;
    *) [[ -n $2 ]] || _portolan_usage "$3 needs a value" ;;
  esac
  printf -v "_portolan_${1//-/_}" '%s' "$2"
}

# ARGUMENT...: reads them all. A flag always takes the next word, whatever it looks like, so no value can become an
# option; only a boolean takes `true` or `false` and nothing else.
_portolan_arguments() {
  local word name value given positional=0 index
  while (($#)); do
    word=$1
    shift
    case $word in
      --)
        for word in ${1+"$@"}; do _portolan_positional "$word"; done
        return
        ;;
      -h) _portolan_help=1 ;;
      --?*)
        name=${word#--}
        value='' given=
        if [[ $name == *=* ]]; then
          value=${name#*=} name=${name%%=*} given=1
        fi
        case $name in
          help | all | include | raw | dry-run | resume | verbose)
            [[ -z $given ]] || _portolan_usage "the option --$name takes no value"
            [[ $name != verbose ]] || _portolan_log=debug
            printf -v "_portolan_${name//-/_}" '%s' 1
            continue
            ;;
        esac
        if [[ -z $given ]]; then
          if _portolan_find_flag "$name" && [[ ${_portolan_types[_portolan_flag]} == boolean ]]; then
            value=true
            if [[ ${1-} == true || ${1-} == false ]]; then
              value=$1
              shift
            fi
          else
            (($#)) || _portolan_usage "the option --$name needs a value"
            value=$1
            shift
          fi
        fi
        _portolan_option "$name" "$value"
        ;;
      -?*) _portolan_usage "unknown option $word; --help lists all" ;;
      *) _portolan_positional "$word" ;;
    esac
  done
}

# NAME VALUE: one option.
_portolan_option() {
  case $1 in
    json) _portolan_json=$2 _portolan_json_given=1 ;;
    body-text) _portolan_body_text=$2 _portolan_body_text_given=1 ;;
    extra-header) _portolan_extra_headers[${#_portolan_extra_headers[@]}]=$2 ;;
    extra-query) _portolan_extra_query[${#_portolan_extra_query[@]}]=$2 ;;
    extra-body)
      [[ $2 == ?*=* ]] || _portolan_usage '--extra-body takes NAME=VALUE'
      if [[ -z $_portolan_extra_row ]]; then
        _portolan_extra_row=${#_portolan_flags[@]}
        _portolan_parameter extra-body body '' json '' optional ''
      fi
      _portolan_pointer_segment "${2%%=*}"
      _portolan_enter "$_portolan_extra_row" "/$REPLY" text "${2#*=}"
      ;;
    server-variable)
      [[ $2 == ?*=* ]] || _portolan_usage '--server-variable takes NAME=VALUE'
      _portolan_chosen_names[${#_portolan_chosen_names[@]}]=${2%%=*}
      _portolan_chosen_values[${#_portolan_chosen_values[@]}]=${2#*=}
      ;;
    part-type | part-filename | part-header)
      [[ $2 == ?*=* ]] || _portolan_usage "--$1 takes NAME=${1#part-}"
      _portolan_part_options[${#_portolan_part_options[@]}]=$1=$2
      ;;
    timeout | connect-timeout | max-retries | max-items | output | body-file | content-type | accept | base-url | server)
      _portolan_set "$1" "$2" "--$1"
      [[ $1 != max-items ]] || _portolan_all=1
      ;;
    null) _portolan_flagged "$2" null json ;;
    *:json) _portolan_flagged "${1%:json}" "$2" json ;;
    *:string) _portolan_flagged "${1%:string}" "$2" string ;;
    *) _portolan_flagged "$1" "$2" text ;;
  esac
}

# VALUE: the next path parameter that no flag has given.
_portolan_positional() {
  local name index count=${#_portolan_path_parts[@]}
  for ((index = 1; index < count; index += 2)); do
    name=${_portolan_path_parts[index]}
    _portolan_find_parameter path "$name" || continue
    _portolan_given "$_portolan_flag" && continue
    _portolan_enter "$_portolan_flag" '' text "$1"
    return
  done
  _portolan_usage "unexpected argument \`$1\`"
}

# PLACE NAME -> _portolan_flag: the row of a parameter.
_portolan_find_parameter() {
  local index
  for ((index = 0; index < ${#_portolan_flags[@]}; index++)); do
    if [[ ${_portolan_places[index]} == "$1" && ${_portolan_names[index]} == "$2" && -z ${_portolan_members[index]} ]]; then
      _portolan_flag=$index
      return 0
    fi
  done
  return 1
}

# Whether any entry was made for the ROW.
_portolan_given() {
  local flag
  for flag in ${_portolan_entry_flags[@]+"${_portolan_entry_flags[@]}"}; do
    [[ $flag != "$1" ]] || return 0
  done
  return 1
}

# NAME -> _portolan_flag: the row of a flag, and _portolan_captures: what stands at its `#` and `*`. First by the flag
# itself, then by the name on the wire, then with underscores for dashes.
_portolan_find_flag() {
  local wanted=${1//_/-} index pattern name segment word
  _portolan_captures=()
  for name in flag wire dashes; do
    for ((index = 0; index < ${#_portolan_flags[@]}; index++)); do
      pattern=${_portolan_flags[index]}
      word=$1
      case $name in
        wire) pattern=${_portolan_names[index]}${_portolan_members[index]#/} ;;
        dashes) word=$wanted ;;
      esac
      if [[ $pattern == "$word" && $pattern != *[#*]* ]]; then
        _portolan_flag=$index
        return 0
      fi
    done
  done
  for ((index = 0; index < ${#_portolan_flags[@]}; index++)); do
    pattern=${_portolan_flags[index]}
    [[ $pattern == *[#*]* ]] || continue
    _portolan_captures=()
    # From here on segment by segment. What `*` stands for is the caller's own name and kept as it was written.
    name=$1
    while [[ -n $pattern && -n $name ]]; do
      segment=${pattern%%.*}
      case $segment in
        '#')
          segment=${name%%.*}
          [[ $segment != *[!0-9]* && ${#segment} -lt 7 ]] || break
          _portolan_captures[${#_portolan_captures[@]}]=$segment
          ;;
        '*')
          if [[ $pattern == '*' ]]; then
            _portolan_captures[${#_portolan_captures[@]}]=$name
            name=
            pattern=
            break
          fi
          _portolan_captures[${#_portolan_captures[@]}]=${name%%.*}
          ;;
        *)
          word=${name%%.*}
          [[ ${word//_/-} == "$segment" ]] || break
          ;;
      esac
      if [[ $pattern == *.* ]]; then pattern=${pattern#*.}; else pattern=; fi
      if [[ $name == *.* ]]; then name=${name#*.}; else name=; fi
    done
    if [[ -z $pattern && -z $name ]]; then
      _portolan_flag=$index
      return 0
    fi
  done
  return 1
}

# NAME VALUE KIND: a flag of the document.
_portolan_flagged() {
  local pointer='' rest segment capture=0 index
  _portolan_find_flag "$1" || _portolan_usage "unknown option --$1; --help lists all"
  index=$_portolan_flag
  # The pointer of a member: what was captured takes the places of `~#`, `~*` and `~**`.
  rest=${_portolan_members[index]}
  while [[ -n $rest ]]; do
    rest=${rest#/}
    segment=${rest%%/*}
    rest=${rest:${#segment}}
    if [[ $segment == '~#' ]]; then
      segment="~#$((10#${_portolan_captures[capture]}))"
      capture=$((capture + 1))
    elif [[ $segment == '~*' ]]; then
      _portolan_pointer_segment "${_portolan_captures[capture]}"
      segment=$REPLY
      capture=$((capture + 1))
    elif [[ $segment == '~**' ]]; then
      _portolan_pointer_segment "${_portolan_captures[capture]}"
      segment=${REPLY//.//}
      capture=$((capture + 1))
    fi
    pointer+=/$segment
  done
  _portolan_enter "$index" "$pointer" "$3" "$2"
}

# ROW POINTER KIND TEXT: an entry, checked by the type of its row. The texts of a list count their places themselves.
_portolan_enter() {
  local row=$1 pointer=$2 kind=$3 text=$4 type=${_portolan_types[$1]} index count=0
  if [[ $kind == json ]]; then
    _portolan_is_json "$text" || _portolan_usage "--${_portolan_flags[row]}: \`$text\` is not JSON"
  elif [[ $type == *'[]' ]]; then
    type=${type%'[]'}
    for ((index = 0; index < ${#_portolan_entry_flags[@]}; index++)); do
      [[ ${_portolan_entry_flags[index]} != "$row" || ${_portolan_entry_pointers[index]} != "$pointer"/'~#'* ]] ||
        count=$((count + 1))
    done
    pointer+="/~#$count"
  fi
  if [[ $kind == text ]]; then
    case $type in
      integer) _portolan_is_integer "$text" || _portolan_usage "--${_portolan_flags[row]} takes an integer, not \`$text\`" ;;
      number) _portolan_is_number "$text" || _portolan_usage "--${_portolan_flags[row]} takes a number, not \`$text\`" ;;
      boolean)
        [[ $text == true || $text == false ]] ||
          _portolan_usage "--${_portolan_flags[row]} takes true or false, not \`$text\`"
        ;;
      object) _portolan_is_json "$text" || _portolan_usage "--${_portolan_flags[row]} takes JSON, not \`$text\`" ;;
    esac
    case $type in
      integer | number | boolean | object) kind=json ;;
      json) if _portolan_is_json "$text"; then kind=json; else kind=string; fi ;;
      mixed) if [[ $text == [\{\[]* ]] && _portolan_is_json "$text"; then kind=json; else kind=string; fi ;;
      file)
        kind='file'
        [[ $text == - || (-r $text && ! -d $text) ]] || _portolan_usage "--${_portolan_flags[row]}: cannot read \`$text\`"
        ;;
      *) kind=string ;;
    esac
  fi
  _portolan_entry_flags[${#_portolan_entry_flags[@]}]=$row
  _portolan_entry_pointers[${#_portolan_entry_pointers[@]}]=$pointer
  _portolan_entry_kinds[${#_portolan_entry_kinds[@]}]=$kind
  _portolan_entry_texts[${#_portolan_entry_texts[@]}]=$text
}

# PLACE NAME: the entries of a parameter, or (`body` and an empty name) of the body -> pairs for _portolan_json_build.
# An entry of a file is its path as text.
_portolan_collect() {
  local place=$1 name=$2 index row
  _portolan_pointers=() _portolan_leaves=()
  for ((index = 0; index < ${#_portolan_entry_flags[@]}; index++)); do
    row=${_portolan_entry_flags[index]}
    [[ ${_portolan_places[row]} == "$place" && ${_portolan_names[row]} == "$name" ]] || continue
    case ${_portolan_entry_kinds[index]} in
      json) REPLY=${_portolan_entry_texts[index]} ;;
      *) _portolan_json_string "${_portolan_entry_texts[index]}" ;;
    esac
    _portolan_pointers[${#_portolan_pointers[@]}]=${_portolan_entry_pointers[index]}
    _portolan_leaves[${#_portolan_leaves[@]}]=$REPLY
  done
}

# PLACE NAME -> the value of a parameter as JSON; fails when it has none.
_portolan_value() {
  _portolan_collect "$1" "$2"
  ((${#_portolan_pointers[@]})) || return 1
  _portolan_json_build '' || _portolan_usage "\`${2:-body}\` is given whole and in parts; give one"
}
