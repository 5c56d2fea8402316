# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash
#
# Text into other text: percent-encoding, JSON strings, shell words, strings of curl's config.
#
# Every function leaves its result in REPLY: a command substitution for each value would fork a thousand times.
# All of it counts bytes, so it runs under LC_ALL=C.

# TEXT -> all but RFC 3986's unreserved characters as %XX.
_portolan_percent_encode() {
  local text=$1 plain code result=
  while :; do
    plain=${text%%[!A-Za-z0-9._~-]*}
    result+=$plain
    text=${text:${#plain}}
    [[ -n $text ]] || break
    printf -v code '%d' "'${text:0:1}"
    printf -v code '%%%02X' "$((code & 255))"
    result+=$code
    text=${text:1}
  done
  REPLY=$result
}

# TEXT -> the same, but reserved characters and %XX stand as they are (RFC 6570, 3.2.3). A query cannot hold `#`,
# `[` and `]`, and `&` and `+` mean something else there, so these five are encoded.
_portolan_percent_encode_reserved() {
  _portolan_percent_encode_but "$1" '[!A-Za-z0-9._~:/?@!$'\''()*,;=-]*'
}

# TEXT -> the same for a segment of a path, which `/` and `?` would end, and in which `&` and `+` mean nothing.
_portolan_percent_encode_segment() {
  _portolan_percent_encode_but "$1" '[!A-Za-z0-9._~:@!$&'\''()*+,;=-]*'
}

# TEXT PATTERN -> all percent-encoded but %XX and what PATTERN, of ours, leaves.
_portolan_percent_encode_but() {
  local text=$1 plain result=
  while :; do
    # shellcheck disable=SC2295 # it is a pattern
    plain=${text%%$2}
    result+=$plain
    text=${text:${#plain}}
    [[ -n $text ]] || break
    if [[ $text == %[0-9A-Fa-f][0-9A-Fa-f]* ]]; then
      result+=${text:0:3}
      text=${text:3}
    else
      _portolan_percent_encode "${text:0:1}"
      result+=$REPLY
      text=${text:1}
    fi
  done
  REPLY=$result
}

# TEXT -> a JSON string with its quotes.
_portolan_json_string() {
  local text=$1 plain char code result='"'
  while :; do
    plain=${text%%[\"\\[:cntrl:]]*}
    result+=$plain
    text=${text:${#plain}}
    [[ -n $text ]] || break
    char=${text:0:1}
    text=${text:1}
    case $char in
      '"' | \\) result+=\\$char ;;
      $'\n') result+='\n' ;;
      $'\r') result+='\r' ;;
      $'\t') result+='\t' ;;
      *)
        printf -v code '%d' "'$char"
        printf -v code '\\u%04x' "$((code & 255))"
        result+=$code
        ;;
    esac
  done
  REPLY=$result'"'
}

# TEXT PIECE REPLACEMENT -> TEXT with every PIECE replaced. The operator ${x//a/b} reads quotes, `\` and `&`
# differently from one bash to the next; this does not.
_portolan_replace() {
  local text=$1 plain result=
  while [[ $text == *"$2"* ]]; do
    plain=${text%%"$2"*}
    result+=$plain$3
    text=${text:$((${#plain} + ${#2}))}
  done
  REPLY=$result$text
}

# Whether TEXT holds what could command a terminal or turn the reading direction: control characters but for tabs and
# line breaks, those of Unicode (C2 80 to C2 9F), and its marks of direction.
_portolan_is_hidden() {
  local plain=${1//[$'\t\n']/} pattern=$'[[:cntrl:]]|\302[\200-\237]|\342\200[\252-\256]|\342\201[\246-\251]'
  [[ $plain =~ $pattern ]]
}

# TEXT -> the same for people to read: quoted where it could command a terminal.
_portolan_visible() {
  REPLY=$1
  ! _portolan_is_hidden "$1" || printf -v REPLY '%q' "$1"
}

# TEXT -> one word of the shell, quoted only where it must be.
_portolan_shell_word() {
  if [[ -n $1 && $1 != *[!A-Za-z0-9_./:@%+,-]* ]]; then
    REPLY=$1
    return
  fi
  if _portolan_is_hidden "$1"; then
    printf -v REPLY '%q' "$1"
    return
  fi
  _portolan_replace "$1" "'" "'\\''"
  REPLY="'$REPLY'"
}

# TEXT -> a quoted string of a curl config file.
_portolan_config_string() {
  _portolan_replace "$1" "\\" "\\\\"
  _portolan_replace "$REPLY" '"' '\"'
  _portolan_replace "$REPLY" $'\n' '\n'
  _portolan_replace "$REPLY" $'\r' '\r'
  REPLY="\"$REPLY\""
}

# TEXT -> the segment of a JSON pointer (RFC 6901) that means it.
_portolan_pointer_segment() {
  _portolan_replace "$1" '~' '~0'
  _portolan_replace "$REPLY" / '~1'
}

# SEGMENT -> the text that it means.
_portolan_pointer_text() {
  local text=$1 plain result=
  while [[ $text == *'~'[01]* ]]; do
    plain=${text%%'~'[01]*}
    result+=$plain
    text=${text:${#plain}}
    if [[ $text == '~0'* ]]; then result+='~'; else result+=/; fi
    text=${text:2}
  done
  REPLY=$result$text
}

# Whether TEXT is a number as JSON writes it.
_portolan_is_number() {
  local pattern='^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$'
  [[ $1 =~ $pattern ]]
}

# Whether TEXT is an integer as JSON writes it, of any size.
_portolan_is_integer() {
  local pattern='^-?(0|[1-9][0-9]*)$'
  [[ $1 =~ $pattern ]]
}

# TEXT -> without white space at both ends.
_portolan_trim() {
  local text=$1
  text=${text#"${text%%[![:space:]]*}"}
  REPLY=${text%"${text##*[![:space:]]}"}
}

# Whether two texts are the same but for the case of ASCII letters.
_portolan_same_word() {
  local result=1
  shopt -s nocasematch
  [[ $1 == "$2" ]] && result=0
  shopt -u nocasematch
  return "$result"
}

# -> a random UUID (RFC 9562, version 4).
_portolan_uuid() {
  local hex
  hex=$(command od -An -N16 -tx1 /dev/urandom)
  hex=${hex//[[:space:]]/}
  REPLY=${hex:0:8}-${hex:8:4}-4${hex:13:3}-$(printf '%x' "$((8 + 0x${hex:16:1} % 4))")${hex:17:3}-${hex:20:12}
}
