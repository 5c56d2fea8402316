# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to the other files
#
# --output: the answer into a file. It is written beside the file and put into its place when it is whole; what a broken
# connection leaves is taken up again by --resume, if it is still the same file (RFC 9110, 13.1.5).

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

# What tells later whether a file is the one that the beginning is of: a strong ETag, else its date.
_portolan_keep_validator() {
  _portolan_read_head
  [[ $_portolan_status == 20[06] ]] || return 0
  if _portolan_answer_header etag; then
    [[ $REPLY == '"'* ]] || return 0
  else
    _portolan_answer_header last-modified || return 0
  fi
  printf '%s\n' "$REPLY" >"$_portolan_target.validator"
}
