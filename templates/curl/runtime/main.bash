# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash
#
# From the words of the command line to the exit code:
#   1. find the resource and the operation, and let the generated file fill the tables;
#   2. read the arguments;
#   3. make URL, headers, body;
#   4. show the curl command, or send it and print the answer (answer.bash).
#
# It runs in a subshell (the library's functions are such), so nothing here changes the caller's shell.

# FOLDER WORD...: the folder of the generated files, and the command line.
_portolan_main() {
  # What the shell of a caller of the library may have set.
  set -euf +aCET +o posix
  set -o pipefail
  shopt -u nocasematch nocaseglob extglob failglob nullglob xpg_echo
  shopt -u patsub_replacement localvar_inherit 2>/dev/null || true
  IFS=$' \t\n'
  LC_ALL=C
  PATH=${PATH:-/usr/bin:/bin}
  _portolan_home=$1
  shift
  _portolan_load text words json operation arguments
  # shellcheck source=/dev/null
  . "$_portolan_home/api.bash"
  _portolan_describe_api
  _portolan_operation GET ''
  _portolan_options
  case ${1-} in
    __complete)
      _portolan_load complete
      shift
      _portolan_complete ${1+"$@"}
      exit 0
      ;;
    '')
      _portolan_load help
      _portolan_help_api >&2
      exit 2
      ;;
    -h | --help | help)
      _portolan_load help
      _portolan_help_api
      exit 0
      ;;
    --version)
      printf '%s\n' "${_portolan_agent%% *}"
      exit 0
      ;;
  esac
  if ! _portolan_locate "$@"; then
    if [[ ${#_portolan_webhook_names[@]} -gt 0 && "$1 ${2-}" == 'webhooks unwrap' ]]; then
      _portolan_load dates webhooks
      shift 2
      _portolan_unwrap ${1+"$@"}
      exit 0
    fi
    _portolan_usage "unknown command \`$*\`; \`$_portolan_command --help\` lists all"
  fi
  shift "$_portolan_consumed"
  if [[ -z $_portolan_found_method ]]; then
    _portolan_load help
    case ${1-} in
      -h | --help) ;;
      *)
        _portolan_help_resource "$_portolan_found_words" >&2
        exit 2
        ;;
    esac
    _portolan_help_resource "$_portolan_found_words"
    exit 0
  fi
  _portolan_arguments ${1+"$@"}
  if [[ -n $_portolan_help ]]; then
    _portolan_load help
    _portolan_help_operation "$_portolan_found_words $_portolan_found_method"
    exit 0
  fi
  _portolan_load parameters body credentials dates urls send answer
  _portolan_run
  exit 0
}

# NAME...: reads these files of the runtime. What a call does not need is not read.
_portolan_load() {
  local part
  for part in "$@"; do
    # shellcheck disable=SC1090 # beside this file
    . "$_portolan_home/runtime/$part.bash"
  done
}

# WORD...: -> _portolan_found_words (a resource), _portolan_found_method (an operation of it, its tables filled, or
# empty) and _portolan_consumed (how many words that took).
_portolan_locate() {
  local index words='' best='' count=0 word file=
  _portolan_found_words='' _portolan_found_method='' _portolan_consumed=0
  _portolan_method_words=() _portolan_method_functions=() _portolan_method_summaries=()
  for word in ${1+"$@"}; do
    [[ $word != -* ]] || break
    words+=${words:+ }$word
    count=$((count + 1))
    for ((index = 0; index < ${#_portolan_resource_words[@]}; index++)); do
      if [[ ${_portolan_resource_words[index]} == "$words" ]]; then
        _portolan_found_words=$words
        _portolan_consumed=$count
        file=${_portolan_resource_files[index]}
      fi
    done
    # No path of resources is longer than this.
    ((count < 8)) || break
  done
  [[ -n $_portolan_found_words ]] || return 1
  # shellcheck disable=SC1090 # the file that api.bash names
  . "$_portolan_home/resources/$file"
  _portolan_describe_resource
  (($# > _portolan_consumed)) || return 0
  shift "$_portolan_consumed"
  [[ $1 != -* ]] || return 0
  for ((index = 0; index < ${#_portolan_method_words[@]}; index++)); do
    if [[ ${_portolan_method_words[index]} == "$1" ]]; then
      _portolan_found_method=$1
      _portolan_consumed=$((_portolan_consumed + 1))
      "${_portolan_method_functions[index]}"
      return 0
    fi
  done
  return 1
}

# Sends what the arguments say.
_portolan_run() {
  local curl=${_portolan_prefix}_CURL
  _portolan_curl=("${!curl:-curl}")
  _portolan_schemes=() _portolan_scopes='' _portolan_resuming='' _portolan_status='' _portolan_written=''
  _portolan_head=()
  # The row of an entry that was taken back: it belongs to no parameter.
  _portolan_nowhere=${#_portolan_flags[@]}
  _portolan_parameter '' nowhere '' string '' optional ''
  [[ -z $_portolan_resume || -n $_portolan_output ]] || _portolan_usage '--resume goes with --output'
  _portolan_umask=$(umask)
  umask 077
  _portolan_folder=$(command mktemp -d "${TMPDIR:-/tmp}/$_portolan_command.XXXXXX") || exit 1
  trap '_portolan_leave' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  _portolan_target=$_portolan_folder/answer
  _portolan_accept_header=${_portolan_accept:-$_portolan_accepts}
  _portolan_idempotency_key
  _portolan_request_line
  _portolan_request_body
  if [[ -n $_portolan_dry_run ]]; then
    _portolan_load show
    _portolan_show
    return
  fi
  _portolan_credentials || _portolan_usage "$REPLY"
  [[ " ${_portolan_scheme_kinds[*]-} " != *' oauth '* ]] || _portolan_load tokens
  if [[ -n $_portolan_all && -z $_portolan_streaming ]]; then
    [[ -z $_portolan_output ]] || _portolan_usage '--all writes to standard output; leave out --output'
    _portolan_load pages
    _portolan_all_pages
  elif [[ -n $_portolan_output ]]; then
    _portolan_load download
    _portolan_download
  else
    _portolan_send
    _portolan_check_status
    _portolan_print
  fi
}

# The end, whatever brought it: nothing stays but the beginning of a download, and what tells that it is of this file.
_portolan_leave() {
  if [[ -n $_portolan_output && -s $_portolan_target && $_portolan_target != "$_portolan_folder/answer" ]]; then
    _portolan_keep_validator || true
  fi
  command rm -rf -- "$_portolan_folder"
}

# A key for the operations that want one and were given none. Retries keep it.
_portolan_idempotency_key() {
  [[ -n $_portolan_idempotency ]] || return 0
  _portolan_find_parameter header "$_portolan_idempotency" || return 0
  _portolan_given "$_portolan_flag" && return
  _portolan_uuid
  _portolan_enter "$_portolan_flag" '' string "$REPLY"
}
