# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to the other files
#
# The answer: a failure becomes words and an exit code, anything else goes to standard output.

# Prints what arrived. On a terminal JSON is laid out, where jq can do it and keeps the digits of numbers.
_portolan_print() {
  [[ -z $_portolan_written ]] || return 0
  if [[ -n $_portolan_include || $_portolan_http_method == HEAD ]]; then
    printf '%s\n' ${_portolan_head[@]+"${_portolan_head[@]}"}
    [[ $_portolan_http_method == HEAD ]] || echo
  fi
  [[ -s $_portolan_folder/answer ]] || return 0
  if [[ ! -t 1 || -n $_portolan_raw ]]; then
    command cat "$_portolan_folder/answer"
  elif _portolan_answer_header content-type && [[ $REPLY == *json* ]] && _portolan_has_jq &&
    command jq . "$_portolan_folder/answer" 2>/dev/null; then
    :
  else
    _portolan_printable <"$_portolan_folder/answer"
    echo
  fi
}

# Whether there is a jq that keeps the digits of numbers (from 1.7 on).
_portolan_has_jq() {
  [[ $(command jq -c . <<<'[100000000000000000001.10]' 2>/dev/null) == '[100000000000000000001.10]' ]]
}

# Ends with 4 or 5 when the status says failure; words and the server's own answer go to standard error.
_portolan_check_status() {
  local reason message='' index
  case $_portolan_status in
    2?? | 304) return 0 ;;
    3??) message='a redirect that leads nowhere' ;;
  esac
  reason=${_portolan_head[0]-}
  reason=${reason#*"$_portolan_status"}
  if _portolan_answer_header content-type && [[ $REPLY == *json* ]] &&
    _portolan_json_read "$_portolan_target" - /detail /message /error/message /error_description /error /title; then
    for ((index = 0; index < ${#_portolan_found[@]}; index++)); do
      if [[ -z $message && ${_portolan_found[index]} == '"'?*'"' ]]; then
        _portolan_json_plain "${_portolan_found[index]}"
        message=$REPLY
      fi
    done
  fi
  _portolan_answer_header x-request-id || _portolan_answer_header request-id || true
  _portolan_say "$_portolan_status${reason}${message:+: $message}${REPLY:+ (request $REPLY)}"
  if [[ -n $_portolan_include ]]; then printf '%s\n' ${_portolan_head[@]+"${_portolan_head[@]}"} '' | _portolan_printable >&2; fi
  [[ -z $_portolan_resuming ]] || _portolan_target=$_portolan_folder/answer
  if [[ -s $_portolan_target ]]; then
    { command cat "$_portolan_target" && echo; } | _portolan_printable >&2
  fi
  [[ -z $_portolan_output ]] || command rm -f "$_portolan_target"
  case $_portolan_status in
    5??) exit 5 ;;
    *) exit 4 ;;
  esac
}
