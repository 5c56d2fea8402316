# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to send.bash
#
# Flags, --json, --body-file or --body-text -> the arguments that make curl send the body.
#
# Each is made twice: as it is sent, from files in our own temporary folder (so that no body stands in the process
# list, and every retry sends it again), and as --dry-run shows it, complete in itself.

# -> _portolan_sent, _portolan_shown: curl's arguments for the body; adds the Content-Type.
_portolan_request_body() {
  local given=0 kind='' type=$_portolan_content_type index
  _portolan_sent=() _portolan_shown=()
  _portolan_collect body ''
  ((${#_portolan_pointers[@]} == 0)) || given=$((given + 1))
  [[ -z $_portolan_json_given ]] || given=$((given + 1))
  [[ -z $_portolan_body_file ]] || given=$((given + 1))
  [[ -z $_portolan_body_text_given ]] || given=$((given + 1))
  ((given < 2)) || _portolan_usage 'give the body by flags, --json, --body-file or --body-text, not by several'
  if ((${#_portolan_body_types[@]} == 0)); then
    ((given == 0)) || _portolan_usage 'this operation takes no body'
    return 0
  fi
  _portolan_choose_body
  if ((given == 0)); then
    [[ -z $_portolan_body_needed ]] || _portolan_usage 'this operation needs a body; --help tells how to give it'
    return 0
  fi
  if [[ -n $_portolan_json_given ]]; then
    _portolan_whole_json
  elif [[ -n $_portolan_body_file ]]; then
    _portolan_whole_file
  elif [[ -n $_portolan_body_text_given ]]; then
    _portolan_typed "$type" "text/plain; charset=utf-8"
    _portolan_data "$_portolan_body_text"
  else
    _portolan_required_fields
    case $kind in
      json)
        _portolan_value body '' || true
        _portolan_typed "$type" application/json
        _portolan_data "$REPLY"
        ;;
      form)
        _portolan_value body '' || true
        _portolan_form_text "$REPLY"
        _portolan_typed "$type" application/x-www-form-urlencoded
        _portolan_data "$REPLY"
        ;;
      multipart)
        _portolan_load multipart
        _portolan_multipart "$type"
        ;;
      *) _portolan_usage "a body of type $type cannot be given by flags; use --body-file or --body-text" ;;
    esac
  fi
}

# -> `kind` and `type` of the caller: the form that --content-type names, else the first that its means can fill.
_portolan_choose_body() {
  local index wanted='' row
  if [[ -n $type ]]; then
    for ((index = 0; index < ${#_portolan_body_types[@]}; index++)); do
      if _portolan_same_word "${_portolan_body_types[index]%%;*}" "${type%%;*}"; then
        kind=${_portolan_body_kinds[index]}
        return
      fi
    done
    # A type that the document does not name (image/png for image/*) is the caller's to know.
    kind=raw
    return
  fi
  [[ -z $_portolan_json_given ]] || wanted=json
  for row in ${_portolan_entry_flags[@]+"${_portolan_entry_flags[@]}"}; do
    [[ ${_portolan_places[row]} == body ]] || continue
    [[ -n $wanted ]] || wanted=flags
    [[ ${_portolan_types[row]} != file* ]] || wanted=multipart
  done
  for ((index = 0; index < ${#_portolan_body_types[@]}; index++)); do
    if [[ -z $wanted || ${_portolan_body_kinds[index]} == "$wanted" || (
      $wanted == flags && ${_portolan_body_kinds[index]} != raw) ]]; then
      kind=${_portolan_body_kinds[index]}
      type=${_portolan_body_types[index]}
      return
    fi
  done
  kind=${_portolan_body_kinds[0]}
  type=${_portolan_body_types[0]}
}

# TYPE DEFAULT: the Content-Type; a range such as image/* is not one.
_portolan_typed() {
  local type=$1
  if [[ -z $type || $type == *'*'* ]]; then type=$2; fi
  _portolan_header Content-Type "$type"
}

# TEXT: is the body.
_portolan_data() {
  _portolan_sent=(--data-binary "@$_portolan_folder/body")
  _portolan_shown=(--data-raw "$1")
  printf '%s' "$1" >"$_portolan_folder/body"
}

# --json: TEXT, @FILE or - for standard input.
_portolan_whole_json() {
  local shown=1
  case $_portolan_json in
    -) command cat >"$_portolan_folder/body" ;;
    @*)
      [[ -r ${_portolan_json#@} ]] || _portolan_usage "cannot read \`${_portolan_json#@}\`"
      command cat <"${_portolan_json#@}" >"$_portolan_folder/body"
      ;;
    *) printf '%s' "$_portolan_json" >"$_portolan_folder/body" ;;
  esac
  _portolan_json_read "$_portolan_folder/body" - || _portolan_usage 'the value of --json is not JSON'
  [[ $type == *json* ]] || type=application/json
  _portolan_typed "$type" application/json
  _portolan_sent=(--data-binary "@$_portolan_folder/body")
  case $_portolan_json in
    -) _portolan_shown=(--data-binary @-) ;;
    @*) _portolan_shown=(--data-binary "$_portolan_json") ;;
    *) _portolan_shown=(--data-raw "$_portolan_json") ;;
  esac
}

# --body-file: a path or - for standard input; the body is its bytes.
_portolan_whole_file() {
  local path=$_portolan_body_file
  if [[ $path == - ]]; then
    # A retry reads it again, so it is kept.
    command cat >"$_portolan_folder/body"
    path=$_portolan_folder/body
  fi
  [[ -r $path && ! -d $path ]] || _portolan_usage "cannot read \`$path\`"
  _portolan_type_of_file "$_portolan_body_file"
  _portolan_typed "$type" "$REPLY"
  # curl sends it as it reads it, whatever its size.
  _portolan_sent=(--upload-file "$path")
  _portolan_shown=(--data-binary "@$_portolan_body_file")
}

# Ends when a member that is always needed has no value. Members of members are the server's to judge.
_portolan_required_fields() {
  local index pointer found missing=''
  for ((index = 0; index < ${#_portolan_flags[@]}; index++)); do
    [[ ${_portolan_places[index]} == body && ${_portolan_needs[index]} == required ]] || continue
    found=
    for pointer in "${_portolan_pointers[@]}"; do
      [[ $pointer != "${_portolan_members[index]}" && $pointer != "${_portolan_members[index]}"/* ]] || found=1
    done
    [[ -n $found ]] || missing+=", --${_portolan_flags[index]}"
  done
  [[ -z $missing ]] || _portolan_usage "the body needs ${missing#, }"
}

# NAME -> the media type and the mode of a member of a form, as `type` and `mode` of the caller.
_portolan_part_of() {
  local index
  type='' mode=''
  for ((index = 0; index < ${#_portolan_part_names[@]}; index++)); do
    if [[ ${_portolan_part_names[index]} == "$1" ]]; then
      type=${_portolan_part_types[index]%%,*}
      mode=${_portolan_part_modes[index]}
      [[ $type != *'*'* ]] || type=
    fi
  done
}

# OBJECT -> application/x-www-form-urlencoded text. A member goes by its style, else as a deep object does.
_portolan_form_text() {
  local index name value type mode piece result=
  local -a names values _portolan_query
  _portolan_query=()
  _portolan_json_members "$1"
  names=(${_portolan_keys[@]+"${_portolan_keys[@]}"})
  values=(${_portolan_values[@]+"${_portolan_values[@]}"})
  for ((index = 0; index < ${#names[@]}; index++)); do
    _portolan_pointer_text "${names[index]}"
    name=$REPLY
    value=${values[index]}
    _portolan_part_of "$name"
    _portolan_form_member "$name" "$value" "$mode"
  done
  for piece in ${_portolan_query[@]+"${_portolan_query[@]}"}; do result+="&$piece"; done
  REPLY=${result#&}
}

# NAME VALUE MODE: a member of a form -> pairs in _portolan_query.
_portolan_form_member() {
  local name index shape style=${3%%[+*]*} separator=,
  local -a keys texts
  _portolan_percent_encode "$1"
  name=$REPLY
  if [[ -z $style && $2 == [\{\[]* ]]; then
    # Objects are JSON unless a style is named (OpenAPI 3.0.4, 4.8.15).
    texts=("$2")
    if [[ $2 == \[* ]]; then
      _portolan_json_members "$2"
      texts=(${_portolan_values[@]+"${_portolan_values[@]}"})
    fi
    for ((index = 0; index < ${#texts[@]}; index++)); do
      REPLY=${texts[index]}
      [[ $REPLY == [\{\[]* ]] || _portolan_json_plain "$REPLY"
      _portolan_percent_encode "$REPLY"
      _portolan_query[${#_portolan_query[@]}]=$name=$REPLY
    done
  elif [[ -z $style || $style == deepObject || $2 != [\{\[]* ]]; then
    _portolan_deep "$name" "$2"
  else
    _portolan_json_members "$2"
    shape=$_portolan_kind keys=() texts=()
    for ((index = 0; index < ${#_portolan_values[@]}; index++)); do
      _portolan_pointer_text "${_portolan_keys[index]}"
      _portolan_percent_encode "$REPLY"
      keys[index]=$REPLY
      _portolan_json_plain "${_portolan_values[index]}"
      _portolan_percent_encode "$REPLY"
      texts[index]=$REPLY
    done
    ((${#texts[@]})) || return 0
    [[ $style != spaceDelimited ]] || separator=%20
    [[ $style != pipeDelimited ]] || separator=%7C
    if [[ $3 != *'*'* ]]; then
      _portolan_join "$shape" '' "$separator"
      _portolan_pair query "$name" "$REPLY"
    else
      for ((index = 0; index < ${#texts[@]}; index++)); do
        if [[ $shape == '{' ]]; then
          _portolan_pair query "${keys[index]}" "${texts[index]}"
        else
          _portolan_pair query "$name" "${texts[index]}"
        fi
      done
    fi
  fi
}

# PATH -> a media type by its ending.
_portolan_type_of_file() {
  case $1 in
    *.json) REPLY=application/json ;;
    *.pdf) REPLY=application/pdf ;;
    *.png) REPLY=image/png ;;
    *.jpg | *.jpeg) REPLY=image/jpeg ;;
    *.gif) REPLY=image/gif ;;
    *.webp) REPLY=image/webp ;;
    *.svg) REPLY=image/svg+xml ;;
    *.mp3) REPLY=audio/mpeg ;;
    *.wav) REPLY=audio/wav ;;
    *.mp4) REPLY=video/mp4 ;;
    *.epub) REPLY=application/epub+zip ;;
    *.zip) REPLY=application/zip ;;
    *.gz) REPLY=application/gzip ;;
    *.tar) REPLY=application/x-tar ;;
    *.csv) REPLY=text/csv ;;
    *.html) REPLY=text/html ;;
    *.txt | *.md) REPLY=text/plain ;;
    *.xml) REPLY=application/xml ;;
    *.jsonl | *.ndjson) REPLY=application/x-ndjson ;;
    *) REPLY=application/octet-stream ;;
  esac
}
