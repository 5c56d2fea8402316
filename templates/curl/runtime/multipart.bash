# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to send.bash
#
# multipart/form-data (RFC 7578): files and texts, each with its type, name and headers.

# TYPE: a multipart body from the entries, in the order of their flags.
_portolan_multipart() {
  local whole=$1 index row name value type mode seen='' item
  local -a values
  _portolan_parts=0 _portolan_part_seen=()
  [[ $whole == multipart/form-data* ]] || _portolan_header Content-Type "$whole"
  for ((index = 0; index < ${#_portolan_entry_flags[@]}; index++)); do
    row=${_portolan_entry_flags[index]}
    [[ ${_portolan_places[row]} == body ]] || continue
    name=${_portolan_entry_pointers[index]#/}
    name=${name%%/*}
    _portolan_pointer_text "$name"
    value=$REPLY
    _portolan_part_of "$value"
    if [[ ${_portolan_entry_kinds[index]} == file ]]; then
      _portolan_part_file "$value" "${_portolan_entry_texts[index]}" "$type"
      continue
    fi
    # Several flags may make one member; it is sent where the first of them stands.
    [[ $seen/ != */"$name"/* ]] || continue
    seen+=/$name
    _portolan_collect body ''
    _portolan_json_build "/$name" || _portolan_usage "\`$value\` is given whole and in parts; give one"
    if [[ $REPLY == '['* ]]; then
      item=$REPLY
      _portolan_json_members "$item"
      values=(${_portolan_values[@]+"${_portolan_values[@]}"})
      for item in ${values[@]+"${values[@]}"}; do _portolan_part_text "$value" "$item" "$type"; done
    else
      _portolan_part_text "$value" "$REPLY" "$type"
    fi
  done
}

# NAME JSON TYPE: a part that is text, or JSON when it is an object.
_portolan_part_text() {
  local type=$3 path=$_portolan_folder/part$_portolan_parts ending filename headers
  _portolan_part_name "$1"
  if [[ $2 == [\{\[]* ]]; then
    [[ -n $type ]] || type=application/json
  fi
  _portolan_part_ending "$1" "$type"
  if [[ $type == *json* || $2 == [\{\[]* ]]; then REPLY=$2; else _portolan_json_plain "$2"; fi
  if [[ -z $ending && ${#REPLY} -lt 65536 ]]; then
    _portolan_sent+=(--form-string "$1=$REPLY")
    _portolan_shown+=(--form-string "$1=$REPLY")
  else
    _portolan_parts=$((_portolan_parts + 1))
    printf '%s' "$REPLY" >"$path"
    _portolan_form_word "$REPLY"
    _portolan_shown+=(--form "$1=$REPLY$ending")
    _portolan_form_word "$path"
    _portolan_sent+=(--form "$1=<$REPLY$ending")
  fi
}

# NAME PATH TYPE: a part that is a file; - is standard input.
_portolan_part_file() {
  local path=$2 type=$3 ending filename=''
  if [[ $path == *[[:cntrl:]]* ]]; then _portolan_usage 'the name of a file must not hold control characters'; fi
  if [[ -z $type ]]; then
    _portolan_type_of_file "$path"
    type=$REPLY
  fi
  _portolan_part_name "$1"
  _portolan_part_ending "$1" "$type"
  _portolan_form_word "$path"
  _portolan_shown+=(--form "$1=@$REPLY$ending")
  if [[ $path == - ]]; then
    path=$_portolan_folder/part$_portolan_parts
    _portolan_parts=$((_portolan_parts + 1))
    command cat >"$path"
    [[ -n $filename ]] || ending+=';filename="stdin"'
  fi
  _portolan_form_word "$path"
  _portolan_sent+=(--form "$1=@$REPLY$ending")
}

# NAME TYPE -> `ending` of the caller: what stands behind the value in --form, from the type and from --part-type,
# --part-filename and --part-header for NAME or, where it has several parts, NAME.2 (counted from 0), and the headers that
# the document fixes; also `type`, and `filename` where one is given.
_portolan_part_ending() {
  local option kind value place=0 headers='' own='' known
  for known in ${_portolan_part_seen[@]+"${_portolan_part_seen[@]}"}; do
    [[ $known != "$1" ]] || place=$((place + 1))
  done
  _portolan_part_seen[${#_portolan_part_seen[@]}]=$1
  type=$2 filename=''
  for option in ${_portolan_part_options[@]+"${_portolan_part_options[@]}"}; do
    kind=${option%%=*}
    value=${option#*=}
    [[ $value == "$1="* || $value == "$1.$place="* ]] || continue
    value=${value:${#1}}
    value=${value#*=}
    [[ $value != *[[:cntrl:]]* ]] || _portolan_usage "--$kind must not hold control characters"
    _portolan_form_word "$value"
    case $kind in
      part-type)
        _portolan_is_media_type "$value" || _portolan_usage "\`$value\` is not a media type"
        type=$value
        ;;
      part-filename) filename=";filename=$REPLY" ;;
      part-header)
        [[ $value =~ ^[A-Za-z0-9!\#$%\&\'*+.^_\`\|~-]+: ]] || _portolan_usage '--part-header takes NAME=HEADER: VALUE'
        headers+=";headers=$REPLY"
        own+=${value%%:*}$'\n'
        ;;
    esac
  done
  shopt -s nocasematch
  for option in ${_portolan_part_fixed[@]+"${_portolan_part_fixed[@]}"}; do
    value=${option#"$1="}
    [[ $value != "$option" && $'\n'$own != *$'\n'"${value%%:*}"$'\n'* ]] || continue
    _portolan_form_word "$value"
    headers+=";headers=$REPLY"
  done
  shopt -u nocasematch
  # What the document calls a type could also be another option of --form.
  _portolan_is_media_type "$type" || type=
  ending=${type:+;type=$type}$filename$headers
}

# Whether TEXT is a media type, perhaps with parameters.
_portolan_is_media_type() {
  local word='[A-Za-z0-9!#$&^_.+-]+'
  local pattern="^$word/$word(; ?$word=$word)*\$"
  [[ $1 =~ $pattern ]]
}

# NAME: curl ends the name of a part at its first `=`, so such a name cannot be sent.
_portolan_part_name() {
  if [[ -z $1 || $1 == *[=[:cntrl:]]* ]]; then _portolan_usage "curl cannot send a form part called \`$1\`"; fi
}

# TEXT -> quoted for --form, where `,` and `;` mean something.
_portolan_form_word() {
  _portolan_replace "$1" "\\" "\\\\"
  _portolan_replace "$REPLY" '"' '\"'
  REPLY="\"$REPLY\""
}
