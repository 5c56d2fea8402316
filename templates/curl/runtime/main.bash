# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash
#
# From the words of the command line to the exit code:
#   1. find the resource and the operation, and let the generated file fill the tables;
#   2. read the arguments;
#   3. make URL, headers, body;
#   4. show the curl command, or send it;
#   5. print the answer.
#
# It runs in a subshell (the library's functions are such), so nothing here changes the caller's shell.

# FOLDER WORD...: the folder of the generated files, and the command line.
_portolan_main() {
  local part
  set -euf +o posix
  set -o pipefail
  shopt -u nocasematch nocaseglob extglob failglob nullglob
  shopt -u patsub_replacement 2>/dev/null || true
  IFS=$' \t\n'
  LC_ALL=C
  PATH=${PATH:-/usr/bin:/bin}
  _portolan_home=$1
  shift
  for part in text json operation arguments parameters body credentials send stream pages show help; do
    # shellcheck disable=SC1090 # beside this file
    . "$_portolan_home/runtime/$part.bash"
  done
  # shellcheck source=/dev/null
  . "$_portolan_home/api.bash"
  _portolan_describe_api
  _portolan_operation GET ''
  _portolan_options
  if [[ ${1-} == __complete ]]; then
    shift
    _portolan_complete ${1+"$@"}
    exit 0
  fi
  case ${1-} in
    '' | -h | --help | help)
      _portolan_help_api
      if [[ -z ${1-} ]]; then exit 2; else exit 0; fi
      ;;
    --version)
      printf '%s\n' "${_portolan_agent%% *}"
      exit 0
      ;;
  esac
  _portolan_locate "$@" || _portolan_usage "unknown command \`$*\`; \`$_portolan_command --help\` lists all"
  shift "$_portolan_consumed"
  if [[ -z $_portolan_found_method ]]; then
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
    _portolan_help_operation "$_portolan_found_words $_portolan_found_method"
    exit 0
  fi
  _portolan_run
  exit 0
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
  # The row of an entry that was taken back: it belongs to no parameter.
  _portolan_nowhere=${#_portolan_flags[@]}
  _portolan_parameter '' nowhere '' string '' optional ''
  _portolan_umask=$(umask)
  umask 077
  _portolan_folder=$(command mktemp -d "${TMPDIR:-/tmp}/$_portolan_command.XXXXXX") || exit 1
  # shellcheck disable=SC2064 # the folder as it is now
  trap "command rm -rf -- $(printf '%q' "$_portolan_folder")" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  _portolan_target=$_portolan_folder/answer
  _portolan_accept_header=${_portolan_accept:-$_portolan_accepts}
  _portolan_idempotency_key
  _portolan_request_line
  _portolan_request_body
  if [[ -n $_portolan_dry_run ]]; then
    _portolan_show
    return
  fi
  _portolan_credentials || _portolan_usage "$REPLY"
  _portolan_token
  if [[ -n $_portolan_all && -z $_portolan_streaming ]]; then
    [[ -z $_portolan_output ]] || _portolan_usage '--all writes to standard output; leave out --output'
    _portolan_all_pages
    return
  fi
  [[ -z $_portolan_resume || -n $_portolan_output ]] || _portolan_usage '--resume goes with --output'
  if [[ -n $_portolan_output ]]; then
    _portolan_download
    return
  fi
  _portolan_send
  _portolan_check_status
  [[ -z $_portolan_written ]] || return 0
  [[ -z $_portolan_include ]] || printf '%s\n' "${_portolan_head[@]}" ''
  if [[ -t 1 && -z $_portolan_raw ]] && _portolan_answer_header content-type && [[ $REPLY == *json* ]] &&
    [[ $(command jq -c . <<<'[100000000000000000001.10]' 2>/dev/null) == '[100000000000000000001.10]' ]]; then
    command jq . "$_portolan_folder/answer"
  elif [[ -s $_portolan_folder/answer ]]; then
    command cat "$_portolan_folder/answer"
    [[ ! -t 1 ]] || echo
  fi
}

# The answer into a file: beside it first, in place when it is whole.
_portolan_download() {
  if [[ $_portolan_output == - ]]; then
    _portolan_output=
    _portolan_streaming=
    _portolan_send
    _portolan_check_status
    command cat "$_portolan_folder/answer"
    return
  fi
  [[ ! -d $_portolan_output ]] || _portolan_usage "\`$_portolan_output\` is a folder"
  _portolan_target=$_portolan_output.part
  [[ $_portolan_target != -* ]] || _portolan_target=./$_portolan_target
  if [[ -n $_portolan_resume && -s $_portolan_target ]]; then
    _portolan_resuming=1
    local tag=
    # The rest must belong to the same file as the beginning (RFC 9110, 13.1.5).
    if [[ -s $_portolan_target.etag ]]; then
      IFS= read -r tag <"$_portolan_target.etag" || true
      _portolan_header If-Range "$tag"
    fi
    _portolan_send_resumed
  else
    _portolan_send
  fi
  _portolan_check_status
  [[ -z $_portolan_include ]] || printf '%s\n' "${_portolan_head[@]}"
  # An answer without a body makes an empty file.
  [[ -e $_portolan_target ]] || : >"$_portolan_target"
  command chmod "$(printf '%o' $((0666 & ~8#$_portolan_umask)))" "$_portolan_target"
  command mv -f -- "$_portolan_target" "$_portolan_output"
  command rm -f -- "$_portolan_target.etag"
}

# Goes on from what is there; from the beginning when the server knows no ranges or the file has changed.
_portolan_send_resumed() {
  local size
  _portolan_send
  if [[ $_portolan_status == 416 ]]; then
    size=$(command wc -c <"$_portolan_target")
    _portolan_answer_header content-range || true
    if [[ $REPLY == "bytes */${size//[[:space:]]/}" ]]; then
      # Nothing is left to send.
      _portolan_status=200
      return
    fi
  elif [[ $_portolan_status != 200 ]]; then
    return
  fi
  _portolan_resuming=
  command rm -f -- "$_portolan_target"
  _portolan_send
}

# A key for the operations that want one and were given none. Retries keep it.
_portolan_idempotency_key() {
  [[ -n $_portolan_idempotency ]] || return 0
  _portolan_find_parameter header "$_portolan_idempotency" || return 0
  _portolan_given "$_portolan_flag" && return
  _portolan_uuid
  _portolan_enter "$_portolan_flag" '' string "$REPLY"
}
