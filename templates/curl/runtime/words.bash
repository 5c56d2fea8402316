# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154 # the command's name comes from operation.bash, settings from arguments.bash
#
# Words for people: all go to standard error, without what could command a terminal, and without secrets.

# WORDS... to standard error, after the command's name.
_portolan_say() {
  printf '%s: %s\n' "$_portolan_command" "$*" | _portolan_printable >&2
}

# WORDS...: the caller's mistake. Ends with 2.
_portolan_usage() {
  _portolan_say "$@"
  exit 2
}

# Text of strangers (an error body, a header) without what could command a terminal: control characters, those of
# Unicode's second row too (they are C2 80 to C2 9F).
_portolan_printable() {
  LC_ALL=C command tr -d '\000-\010\013-\037\177' | LC_ALL=C command sed $'s/\302[\200-\237]//g'
}

# LEVEL WORDS: to standard error when <PREFIX>_LOG or --verbose asks for it.
_portolan_log() {
  case $1$_portolan_log in
    infoinfo | infodebug | debugdebug) _portolan_say "$2" ;;
  esac
}

# The head of the request and of the answer, for those who debug. Our own credentials are not in it: they are only in
# curl's config.
_portolan_log_heads() {
  local header
  [[ $_portolan_log == debug ]] || return 0
  for header in ${_portolan_headers[@]+"${_portolan_headers[@]}"}; do _portolan_log_header '>' "$header"; done
  for header in ${_portolan_head[@]+"${_portolan_head[@]}"}; do _portolan_log_header '<' "$header"; done
}

# ARROW HEADER: one line of a head; the value of a secret header stays here.
_portolan_log_header() {
  if [[ $2 == *:* ]] && _portolan_is_secret "${2%%:*}"; then
    _portolan_say "$1 ${2%%:*}: ***"
  else
    _portolan_safe_query "$2"
    _portolan_say "$1 $REPLY"
  fi
}

# NAME: whether the value of such a header or parameter is a secret, as far as its name tells.
_portolan_is_secret() {
  local name telling='authorization|cookie|token|secret|passw|api-?key|signature|credential|session'
  name=$(printf '%s' "$1" | command tr 'A-Z' 'a-z')
  [[ $name != idempotency* ]] || return 1
  [[ $name =~ $telling ]] && return
  telling='(^|[-_])(auth|key|sig|pwd)([-_]|$)'
  [[ $name =~ $telling ]]
}

# TEXT with a URL in it -> the same, the values of secret parameters hidden.
_portolan_safe_query() {
  local text=$1 pair name result=
  while [[ $text == *[?\&]*=* ]]; do
    pair=${text%%[?&]*}
    result+=$pair${text:${#pair}:1}
    text=${text:$((${#pair} + 1))}
    pair=${text%%[&#?[:space:]>]*}
    text=${text:${#pair}}
    name=${pair%%=*}
    if [[ $pair == *=* ]] && _portolan_is_secret "$name"; then pair=$name='***'; fi
    result+=$pair
  done
  REPLY=$result$text
}
