# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034
#
# Answers that arrive item by item. curl writes head and body to one pipe (`--include`), because only so it is certain,
# with every version of curl, that the head is known before the first item.

# Reads the pipe: the head goes to the folder, a stream's items go to standard output as they come, one on a line; what
# is no stream goes to the folder.
_portolan_stream() {
  local line status='' type='' shape=
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
      [[ -z $line ]] || printf '%s\n' "$line"
    done
  fi
}

# Server-sent events (WHATWG HTML, 9.2) -> the data of each, one on a line.
_portolan_events() {
  local line data='' some='' count=0
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%$'\r'}
    case $line in
      '')
        # Some APIs end a stream with this word; it is no item.
        if [[ $data == '[DONE]' ]]; then
          command cat >/dev/null
          return
        fi
        if [[ -n $some ]]; then
          # An item stays on one line: where JSON may break, a space means the same.
          _portolan_replace "$data" $'\n' ' '
          printf '%s\n' "$REPLY"
          count=$((count + 1))
          if [[ -n $_portolan_max_items ]] && ((count >= _portolan_max_items)); then return; fi
        fi
        data='' some=
        ;;
      data:*)
        line=${line#data:}
        data+=${some:+$'\n'}${line# }
        some=1
        ;;
      data) data+=${some:+$'\n'} some=1 ;;
    esac
  done
}
