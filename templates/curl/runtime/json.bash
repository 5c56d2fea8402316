# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154 # the pairs to build from come from arguments.bash
#
# JSON in pure bash: a reader that finds values by pointer, and a writer that builds nested values from pointers.
#
# The reader splits the text at its quotes in one `read`, which is what makes a megabyte bearable: characters inside
# strings are never looked at one by one. Numbers keep their digits, members their order; white space outside strings
# goes. It checks the grammar as it reads.

# FILE PARENT POINTER...
#   -> _portolan_found[i]: the value at the i-th POINTER as compact JSON, empty when there is none;
#   -> _portolan_keys, _portolan_values: names (as pointer segments) or indexes, and values, of all that is directly
#      inside the object or array at PARENT; PARENT `-` asks for none;
#   -> _portolan_kind: `{` or `[` when PARENT was found, else empty.
# Of values inside each other only the outer one is found. Fails when the text is not JSON.
_portolan_json_read() {
  local file=$1 parent=$2 parts part string='' inside=0 trailing rest token
  local depth=0 expect=value path='' taking='' taking_depth=0 taken='' taken_before='' index
  local parted='[^][{}:,[:space:]][[:space:]]+[^][{}:,[:space:]]'
  local -a kinds paths counts wanted
  shift 2
  wanted=(${1+"$@"})
  kinds=() paths=() counts=()
  _portolan_found=() _portolan_keys=() _portolan_values=() _portolan_kind=
  for ((index = 0; index < $#; index++)); do _portolan_found[index]=; done
  IFS='"' read -r -d '' -a parts <"$file" || true
  for part in ${parts[@]+"${parts[@]}"}; do
    if ((inside)); then
      string+=$part
      if [[ $part == *\\ ]]; then
        trailing=${part##*[!\\]}
        if ((${#trailing} % 2)); then
          string+='"'
          continue
        fi
      fi
      inside=0
      if [[ $expect == key* ]]; then
        expect='colon'
        if [[ -n $taking ]]; then
          taken+="\"$string\""
        else
          _portolan_json_path "$string"
          path=$REPLY
        fi
      else
        _portolan_json_value "\"$string\"" || return 1
      fi
      continue
    fi
    # White space goes, but it does part two words.
    if [[ $part == *[[:alnum:]]*[[:space:]]*[[:alnum:]]* && $part =~ $parted ]]; then return 1; fi
    rest=${part//[[:space:]]/}
    while [[ -n $rest ]]; do
      token=${rest:0:1}
      case $token in
        [\{\[])
          [[ $expect == value* ]] || return 1
          _portolan_json_value "$token" || return 1
          ;;
        [\}\]])
          ((depth)) || return 1
          case ${kinds[depth]}$token$expect in '{}next' | '{}key?' | '[]next' | '[]value?') ;; *) return 1 ;; esac
          [[ -z $taking ]] || taken+=$token
          depth=$((depth - 1))
          expect=next
          [[ -z $taking ]] || ((depth != taking_depth)) || _portolan_json_taken
          ;;
        ,)
          [[ $expect == next ]] && ((depth)) || return 1
          [[ -z $taking ]] || taken+=,
          if [[ ${kinds[depth]} == '{' ]]; then expect=key; else expect=value; fi
          ;;
        :)
          [[ $expect == colon ]] || return 1
          [[ -z $taking ]] || taken+=:
          expect=value
          ;;
        *)
          token=${rest%%[]\[\{\},:]*}
          case $token in true | false | null) ;; *) _portolan_is_number "$token" || return 1 ;; esac
          _portolan_json_value "$token" || return 1
          ;;
      esac
      rest=${rest:${#token}}
    done
    inside=1
    string=
  done
  # A text that ends in a string leaves `inside` at 0; one that ends outside leaves an empty string begun.
  [[ $expect == next ]] && ((depth == 0)) && [[ -z $string || $inside == 0 ]]
}

# RAW, a name between its quotes -> the segment of a pointer that means it.
_portolan_json_path() {
  REPLY=$1
  [[ $REPLY != *\\* ]] || _portolan_json_text "$REPLY"
  [[ $REPLY != *[~/]* ]] || _portolan_pointer_segment "$REPLY"
}

# Inside _portolan_json_read: a value begins (TOKEN `{` or `[`) or stands here whole.
_portolan_json_value() {
  local here=
  [[ $expect == value* ]] || return 1
  if [[ -z $taking ]]; then
    if ((depth)); then
      if [[ ${kinds[depth]} == '[' ]]; then
        path=${counts[depth]}
        counts[depth]=$((path + 1))
      fi
      here=${paths[depth]}/$path
      if [[ ${paths[depth]} == "$parent" ]]; then
        _portolan_keys[${#_portolan_keys[@]}]=$path
        taking=inside
        taking_depth=$depth
      fi
    fi
    if [[ -z $taking ]]; then
      for ((index = 0; index < ${#wanted[@]}; index++)); do
        if [[ ${wanted[index]} == "$here" ]]; then
          taking=$index
          taking_depth=$depth
        fi
      done
    fi
    if [[ $1 == [\{\[] && $here == "$parent" ]]; then _portolan_kind=$1; fi
  fi
  if [[ -n $taking ]]; then
    taken+=$1
    # Appending copies the whole text, so what is long is laid aside now and then.
    if ((${#taken} > 4096)); then
      taken_before+=$taken
      taken=
    fi
  fi
  if [[ $1 == [\{\[] ]]; then
    depth=$((depth + 1))
    kinds[depth]=$1
    counts[depth]=0
    paths[depth]=$here
    if [[ $1 == '{' ]]; then expect='key?'; else expect='value?'; fi
  else
    expect=next
    [[ -z $taking ]] || ((depth != taking_depth)) || _portolan_json_taken
  fi
}

# Inside _portolan_json_read: the value that was being taken is complete.
_portolan_json_taken() {
  if [[ $taking == inside ]]; then
    _portolan_values[${#_portolan_values[@]}]=$taken_before$taken
  else
    _portolan_found[taking]=$taken_before$taken
  fi
  taking='' taken='' taken_before=''
}

# Whether TEXT is JSON.
_portolan_is_json() {
  _portolan_json_read /dev/stdin - <<<"$1"
}

# JSON -> its members or items in _portolan_keys and _portolan_values, and _portolan_kind.
_portolan_json_members() {
  _portolan_json_read /dev/stdin '' <<<"$1"
}

# RAW, a JSON string without its quotes -> the text that it means, in UTF-8.
_portolan_json_text() {
  local raw=$1 plain code low result=
  while [[ $raw == *\\* ]]; do
    plain=${raw%%\\*}
    result+=$plain
    raw=${raw:$((${#plain} + 1))}
    case ${raw:0:1} in
      n) result+=$'\n' ;;
      t) result+=$'\t' ;;
      r) result+=$'\r' ;;
      b) result+=$'\b' ;;
      f) result+=$'\f' ;;
      u)
        [[ $raw == u[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]* ]] || return 1
        code=$((16#${raw:1:4}))
        raw=${raw:4}
        if ((code >= 0xD800 && code < 0xDC00)) && [[ ${raw:1:2} == \\u ]]; then
          [[ ${raw:3:4} != *[!0-9A-Fa-f]* ]] || return 1
          low=$((16#${raw:3:4}))
          if ((low >= 0xDC00 && low < 0xE000)); then
            code=$((0x10000 + ((code - 0xD800) << 10) + low - 0xDC00))
            raw=${raw:6}
          fi
        fi
        _portolan_utf8 "$code"
        result+=$REPLY
        ;;
      *) result+=${raw:0:1} ;;
    esac
    raw=${raw:1}
  done
  REPLY=$result$raw
}

# CODE -> the character in UTF-8. Zero and lone surrogates, which bash or UTF-8 cannot hold, become U+FFFD.
_portolan_utf8() {
  local code=$1 format
  if ((code == 0 || (code >= 0xD800 && code < 0xE000))); then code=$((0xFFFD)); fi
  if ((code < 0x80)); then
    printf -v format '\\x%02x' "$code"
  elif ((code < 0x800)); then
    printf -v format '\\x%02x' $((0xC0 | code >> 6)) $((0x80 | code & 63))
  elif ((code < 0x10000)); then
    printf -v format '\\x%02x' $((0xE0 | code >> 12)) $((0x80 | code >> 6 & 63)) $((0x80 | code & 63))
  else
    printf -v format '\\x%02x' $((0xF0 | code >> 18)) $((0x80 | code >> 12 & 63)) $((0x80 | code >> 6 & 63)) \
      $((0x80 | code & 63))
  fi
  printf -v REPLY '%b' "$format"
}

# JSON -> as text: a string without quotes and escapes, all else as it is.
_portolan_json_plain() {
  REPLY=$1
  if [[ $1 == '"'* ]]; then
    REPLY=${1:1:$((${#1} - 2))}
    [[ $REPLY != *\\* ]] || _portolan_json_text "$REPLY"
  fi
}

# PREFIX -> the JSON value at PREFIX, from the pairs in _portolan_pointers and _portolan_leaves (pointers and JSON).
# A segment `~#3` is the third place of an array (counted from 0); all others are members, in order of appearance.
_portolan_json_build() {
  local prefix=$1 index rest segment seen leaf='' result separator='' place
  local -a segments
  segments=()
  for ((index = 0; index < ${#_portolan_pointers[@]}; index++)); do
    rest=${_portolan_pointers[index]}
    if [[ $rest == "$prefix" ]]; then
      leaf=${_portolan_leaves[index]}
    elif [[ $rest == "$prefix"/* ]]; then
      rest=${rest:$((${#prefix} + 1))}
      segment=${rest%%/*}
      seen=
      for rest in ${segments[@]+"${segments[@]}"}; do
        [[ $rest != "$segment" ]] || seen=1
      done
      if [[ -z $seen && $segment == '~#'* ]]; then
        # Places are kept in their own order, whatever the order of the flags.
        place=${#segments[@]}
        while ((place > 0)) && ((10#${segments[place - 1]:2} > 10#${segment:2})); do
          segments[place]=${segments[place - 1]}
          place=$((place - 1))
        done
        segments[place]=$segment
      elif [[ -z $seen ]]; then
        segments[${#segments[@]}]=$segment
      fi
    fi
  done
  if ((${#segments[@]} == 0)); then
    REPLY=$leaf
    return
  fi
  [[ -z $leaf ]] || return 1
  if [[ ${segments[0]} == '~#'* ]]; then result='['; else result='{'; fi
  for segment in "${segments[@]}"; do
    result+=$separator
    if [[ ${result:0:1} == '{' ]]; then
      _portolan_pointer_text "$segment"
      _portolan_json_string "$REPLY"
      result+=$REPLY:
    fi
    _portolan_json_build "$prefix/$segment" || return 1
    result+=$REPLY
    separator=,
  done
  if [[ ${result:0:1} == '{' ]]; then REPLY=$result'}'; else REPLY=$result']'; fi
}
