# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to the other files
#
# --output: the answer into a file. It is written beside the file and put into its place when it is whole; what a broken
# connection leaves is taken up by the next attempt, and later by --resume, if it is still the same file (RFC 9110, 13.1.5).

# Sends the request and puts the answer into --output.
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
    local validator=
    if [[ -s $_portolan_target.validator ]]; then
      IFS= read -r validator <"$_portolan_target.validator" || true
      _portolan_header If-Range "$validator"
    fi
    _portolan_send_resumed
  else
    _portolan_send
  fi
  _portolan_check_status
  [[ -z $_portolan_include ]] || printf '%s\n' ${_portolan_head[@]+"${_portolan_head[@]}"}
  # An answer without a body makes an empty file.
  [[ -e $_portolan_target ]] || : >"$_portolan_target"
  command chmod "$(printf '%o' $((0666 & ~8#$_portolan_umask)))" "$_portolan_target"
  command mv -f -- "$_portolan_target" "$_portolan_output"
  command rm -f -- "$_portolan_target.validator"
}

# Goes on from what is there.
_portolan_send_resumed() {
  local size
  _portolan_send
  [[ $_portolan_status == 416 ]] || return 0
  size=$(command wc -c <"$_portolan_target")
  _portolan_answer_header content-range || true
  if [[ $REPLY == "bytes */${size//[[:space:]]/}" ]]; then
    # Nothing is left to send.
    _portolan_status=200
    return
  fi
  _portolan_begin_again
  _portolan_send
}

# The server knows no ranges, or the file has changed.
_portolan_begin_again() {
  _portolan_resuming=
  command rm -f -- "$_portolan_target"
}

# Before another attempt: it goes on where this one broke off, when there is something to tell the file by.
_portolan_take_up_download() {
  [[ -z $_portolan_resuming && -s $_portolan_target ]] || return 0
  _portolan_keep_validator || return 0
  _portolan_resuming=1
  _portolan_header If-Range "$REPLY"
}

# Keeps what tells later whether a file is the one that the beginning is of: a strong ETag, else its date.
_portolan_keep_validator() {
  _portolan_read_head
  [[ $_portolan_status == 20[06] ]] || return 1
  if _portolan_answer_header etag; then
    [[ $REPLY == '"'* ]] || return 1
  else
    _portolan_answer_header last-modified || return 1
  fi
  printf '%s\n' "$REPLY" >"$_portolan_target.validator"
}
