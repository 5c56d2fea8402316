# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034
#
# Answers that arrive item by item. curl writes head and body to one pipe (`--include`), because only so it is certain,
# with every version of curl, that the head is known before the first item.
#
# The reader is a process of its own; what the sender must know stands in files of our folder when it ends:
#
#   written    something went to standard output      ended      the reader has all that it wants
#   event      retry, then the id of the last event   items      how many items there were

# Sends the request once and reads what comes. Fails with curl's code.
_portolan_send_stream() {
  local code=0 before=$_portolan_items
  command rm -f -- "$_portolan_folder/ended" "$_portolan_folder/items"
  # The reader ends curl when it has seen enough, so it has to know the process; what the shell says of that is not for
  # people.
  # shellcheck disable=SC2016 # the variables are those of the inner shell
  {
    command sh -c 'printf "%s\n" "$$" >"$0" && exec "$@"' "$_portolan_folder/process" \
      "${_portolan_curl[@]}" "${arguments[@]}" --no-buffer --include \
      --config <(_portolan_config "$secrets" "$url") 2>"$_portolan_folder/error" |
      _portolan_stream || code=$?
  } 2>/dev/null
  if [[ -e $_portolan_folder/written ]]; then _portolan_written=1; fi
  if [[ -s $_portolan_folder/items ]]; then IFS= read -r _portolan_items <"$_portolan_folder/items"; fi
  if [[ -s $_portolan_folder/event ]]; then
    { IFS= read -r _portolan_event_retry && IFS= read -r _portolan_event; } <"$_portolan_folder/event" || true
  fi
  _portolan_progress=
  ((_portolan_items == before)) || _portolan_progress=1
  [[ ! -e $_portolan_folder/ended ]] || code=0
  return "$code"
}

# Reads the pipe: the head goes to the folder, a stream's items go to standard output as they come, one on a line; what
# is no stream goes to the folder.
_portolan_stream() {
  local line status='' type='' shape='' count=$_portolan_items
  while :; do
    status='' type=
    while IFS= read -r line; do
      printf '%s\n' "$line" >>"$_portolan_folder/head"
      line=${line%$'\r'}
      [[ -n $line ]] || break
      [[ ! $line =~ ^HTTP/[0-9.]+\ ([0-9]{3}) ]] || status=${BASH_REMATCH[1]}
      if _portolan_same_word "${line%%:*}" content-type; then type=${line#*:}; fi
      if _portolan_same_word "${line%%:*}" location; then
        _portolan_trim "${line#*:}"
        _portolan_resolve "$url" "$REPLY"
        printf '0\n%s\n' "$REPLY" >"$_portolan_folder/timing"
      fi
    done
    # An interim answer has a head of its own before the real one.
    [[ $status == 1?? ]] || break
  done
  case $status$type in
    2??*[Ee][Vv][Ee][Nn][Tt]-[Ss][Tt][Rr][Ee][Aa][Mm]*) shape=events ;;
    2??*[Jj][Ss][Oo][Nn]-[Ss][Ee][Qq]* | 2??*[Jj][Ss][Oo][Nn][Ll]* | 2??*ndjson* | 2??*x-json-stream* | 2??*stream+json*) shape=lines ;;
  esac
  if [[ -z $shape ]]; then
    command cat >"$_portolan_folder/answer"
    return
  fi
  : >"$_portolan_folder/written"
  if [[ -n $_portolan_raw || -n $_portolan_include ]]; then
    [[ -z $_portolan_include ]] || command tr -d '\r' <"$_portolan_folder/head"
    command cat
  elif [[ $shape == events ]]; then
    _portolan_events
  else
    while IFS= read -r line || [[ -n $line ]]; do
      # A JSON text sequence (RFC 7464) begins each item with a record separator.
      line=${line#$'\036'}
      line=${line%$'\r'}
      if [[ -n $line ]]; then _portolan_item "$line" || break; fi
    done
  fi
  printf '%s\n' "$count" >"$_portolan_folder/items"
}

# TEXT: one item. Fails when it was the last that is wanted.
_portolan_item() {
  if [[ -z $_portolan_max_items ]] || ((count < _portolan_max_items)); then
    printf '%s\n' "$1"
    count=$((count + 1))
  fi
  [[ -n $_portolan_max_items ]] && ((count >= _portolan_max_items)) || return 0
  _portolan_end_stream
  return 1
}

# Nothing more is wanted: curl would find out only with the next bytes.
_portolan_end_stream() {
  local process
  : >"$_portolan_folder/ended"
  IFS= read -r process <"$_portolan_folder/process"
  kill "$process" 2>/dev/null || true
}

# Server-sent events (WHATWG HTML, 9.2) -> the data of each, one on a line.
_portolan_events() {
  local line rest data='' some='' id=$_portolan_event retry=$_portolan_event_retry mark=$'\357\273\277' kept
  kept=$retry/$id
  while IFS= read -r line || [[ -n $line ]]; do
    # A line ends with LF, CR or both.
    rest=${line%$'\r'}
    # The mark of UTF-8 may begin the stream.
    rest=${rest#"$mark"} mark=
    while :; do
      line=${rest%%$'\r'*}
      _portolan_event_line "$line" || return 0
      [[ $rest == *$'\r'* ]] || break
      rest=${rest#*$'\r'}
    done
  done
}

# LINE of an event -> `data`, `some`, `id`, `retry` of the caller. Fails when nothing more is wanted.
_portolan_event_line() {
  local value=${1#*:}
  value=${value# }
  case $1 in
    '')
      # An id counts only now: an event that never came whole must come once more.
      if [[ $retry/$id != "$kept" ]]; then
        printf '%s\n%s\n' "$retry" "$id" >"$_portolan_folder/event"
        kept=$retry/$id
      fi
      # Some APIs end a stream with this word; it is no item.
      if [[ $data == '[DONE]' ]]; then
        _portolan_end_stream
        return 1
      fi
      if [[ -n $some ]]; then
        # An item stays on one line: where JSON may break, a space means the same.
        _portolan_replace "$data" $'\n' ' '
        data='' some=
        _portolan_item "$REPLY" || return 1
      fi
      ;;
    data:*) data+=${some:+$'\n'}$value some=1 ;;
    data) data+=${some:+$'\n'} some=1 ;;
    id:*) if [[ $value != *[[:cntrl:]]* ]]; then id=$value; fi ;;
    id) id= ;;
    retry:*) if [[ $value =~ ^[0-9]{1,9}$ ]]; then retry=$((10#$value)); fi ;;
  esac
}
