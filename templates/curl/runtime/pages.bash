# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash
#
# --all: page after page, each item on a line of its own. Every rule answers one question: what changes in the next
# request? The first two words of the rule are its style and the pointer to the items; the others depend on the style:
#
#   cursor  ITEMS PARAMETER NEXT [MORE]            last    ITEMS PARAMETER MEMBER [MORE]
#   offset  ITEMS PARAMETER [TOTAL]                number  ITEMS PARAMETER FIRST [PAGES]
#   next    ITEMS NEXT                             link    ITEMS

# Sends the request and those after it. The first request is ready.
_portolan_all_pages() {
  local style=${_portolan_pages[0]-} items=${_portolan_pages[1]-} count=0 page=0 item last more line
  [[ -n $style ]] || _portolan_usage 'this operation has no pages; leave out --all and --max-items'
  while :; do
    _portolan_send
    _portolan_check_status
    page=$((page + 1))
    _portolan_read_page
    if [[ -n $_portolan_raw ]]; then
      command cat "$_portolan_folder/answer"
    fi
    for item in ${_portolan_values[@]+"${_portolan_values[@]}"}; do
      if [[ -n $_portolan_max_items ]] && ((count >= _portolan_max_items)); then return; fi
      count=$((count + 1))
      last=$item
      [[ -n $_portolan_raw ]] || printf '%s\n' "$item"
    done
    if [[ -n $_portolan_max_items ]] && ((count >= _portolan_max_items)); then return; fi
    _portolan_turn_page || return 0
  done
}

# The answer -> _portolan_values (items), _portolan_found[0] (next, total, pages) and _portolan_found[1] (more).
_portolan_read_page() {
  local file=$_portolan_folder/answer
  local -a wanted
  case $style in
    cursor) wanted=("${_portolan_pages[3]}" "${_portolan_pages[4]--}") ;;
    last) wanted=(- "${_portolan_pages[4]--}") ;;
    offset) wanted=("${_portolan_pages[3]--}") ;;
    number) wanted=("${_portolan_pages[4]--}") ;;
    next) wanted=("${_portolan_pages[2]}") ;;
    *) wanted=(-) ;;
  esac
  if ! _portolan_json_read_fast "$file" "$items" "${wanted[@]}"; then
    _portolan_say 'the page is not JSON'
    exit 5
  fi
}

# What _portolan_json_read does, by jq where the page is long and this jq keeps the digits of numbers (from 1.7 on).
_portolan_json_read_fast() {
  local file=$1 parent=$2 pointer line index=0
  if [[ -z ${_portolan_jq-} ]]; then
    if _portolan_has_jq; then _portolan_jq=yes; else _portolan_jq=no; fi
  fi
  if [[ $_portolan_jq == no || $(command wc -c <"$file") -lt 50000 ]]; then
    _portolan_json_read "$@"
    return
  fi
  shift 2
  _portolan_found=() _portolan_keys=() _portolan_values=() _portolan_kind='['
  for pointer in "$@"; do
    _portolan_found[index]=$(_portolan_jq_pointer "$pointer" 'if . == null then empty else . end') || return 1
    index=$((index + 1))
  done
  while IFS= read -r line; do
    _portolan_values[${#_portolan_values[@]}]=$line
  done < <(_portolan_jq_pointer "$parent" '.[]?')
}

# POINTER FILTER: what jq finds there.
_portolan_jq_pointer() {
  # shellcheck disable=SC2016 # the variables are jq's
  local filter='reduce ($pointer | split("/")[1:][] | gsub("~1"; "/") | gsub("~0"; "~")) as $name (.;
    if type == "object" then .[$name] else null end)'
  [[ $1 != - ]] || return 0
  # shellcheck disable=SC2016 # $pointer is jq's
  command jq -c --arg pointer "$1" "$filter | $2" "$file"
}

# Changes the request to the one of the next page; fails when there is none.
_portolan_turn_page() {
  local next=${_portolan_found[0]-} more=${_portolan_found[1]-} number=${#_portolan_values[@]}
  case $style in
    cursor)
      [[ $more != false && -n $next && $next != null && $next != '""' && $next != false ]] || return 1
      _portolan_turn_to "$next"
      ;;
    last)
      [[ $more != false ]] && ((number)) || return 1
      _portolan_json_read /dev/stdin - "${_portolan_pages[3]}" <<<"$last" || return 1
      next=${_portolan_found[0]}
      [[ -n $next && $next != null ]] || return 1
      _portolan_turn_to "$next"
      ;;
    offset)
      ((number)) || return 1
      _portolan_page_number 0
      more=$((REPLY + number))
      if _portolan_is_integer "$next" && ((more >= next)); then return 1; fi
      _portolan_turn_to "$more"
      ;;
    number)
      ((number)) || return 1
      _portolan_page_number "${_portolan_pages[3]}"
      more=$((REPLY + 1))
      if _portolan_is_integer "$next" && ((more >= next + _portolan_pages[3])); then return 1; fi
      _portolan_turn_to "$more"
      ;;
    next)
      [[ $next == '"'?*'"' ]] || return 1
      _portolan_json_plain "$next"
      _portolan_turn_to_url "$REPLY"
      ;;
    link)
      _portolan_next_link || return 1
      _portolan_turn_to_url "$REPLY"
      ;;
  esac
}

# DEFAULT -> what the counting parameter was in this request.
_portolan_page_number() {
  REPLY=$1
  if _portolan_value query "${_portolan_pages[2]}"; then _portolan_json_plain "$REPLY"; else REPLY=$1; fi
  _portolan_is_integer "$REPLY" || _portolan_usage "--all cannot count on from \`$REPLY\`"
}

# JSON: the next value of the parameter that turns pages.
_portolan_turn_to() {
  local index before=$_portolan_url
  _portolan_find_parameter query "${_portolan_pages[2]}" ||
    _portolan_usage "the document does not describe the parameter \`${_portolan_pages[2]}\`"
  for ((index = 0; index < ${#_portolan_entry_flags[@]}; index++)); do
    # An entry without a row is no longer one.
    [[ ${_portolan_entry_flags[index]} != "$_portolan_flag" ]] || _portolan_entry_flags[index]=$_portolan_nowhere
  done
  _portolan_entry_flags+=("$_portolan_flag")
  _portolan_entry_pointers+=('')
  _portolan_entry_kinds+=(json)
  _portolan_entry_texts+=("$1")
  _portolan_request_line
  if [[ $_portolan_url == "$before" ]]; then
    _portolan_say 'the server names the same page again'
    exit 5
  fi
}

# URL: of the next page. To another server it goes without credentials, as a redirect does; we do not go there at all.
_portolan_turn_to_url() {
  local here
  _portolan_resolve "$_portolan_url" "$1"
  if [[ $REPLY == "$_portolan_url" ]]; then
    _portolan_say 'the server names the same page again'
    exit 5
  fi
  _portolan_origin "$_portolan_url"
  here=$REPLY
  _portolan_resolve "$_portolan_url" "$1"
  next=$REPLY
  _portolan_origin "$next"
  if [[ $REPLY != "$here" || $next == *[[:cntrl:][:space:]]* ]]; then
    _portolan_say "the next page is on another server: $next"
    exit 5
  fi
  _portolan_url=$next
}

# -> the URL of rel="next" in the Link headers (RFC 8288).
_portolan_next_link() {
  local line rest target parameters pattern='[;[:space:]][Rr][Ee][Ll][[:space:]]*=[[:space:]]*("([^"]*)"|([^";,[:space:]]+))'
  for line in ${_portolan_head[@]+"${_portolan_head[@]}"}; do
    _portolan_same_word "${line%%:*}" link || continue
    rest=${line#*:}
    while [[ $rest == *'<'*'>'* ]]; do
      rest=${rest#*'<'}
      target=${rest%%'>'*}
      rest=${rest#*'>'}
      parameters=${rest%%'<'*}
      if [[ $parameters =~ $pattern && " ${BASH_REMATCH[2]}${BASH_REMATCH[3]} " == *' next '* ]]; then
        REPLY=$target
        return 0
      fi
    done
  done
  return 1
}
