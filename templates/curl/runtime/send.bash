# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to the other files
#
# One request: curl started, redirects followed, failures tried again, the outcome turned into an exit code.
#
#   0 fine   2 usage   3 network   4 client error (4xx)   5 server error (5xx)   6 timeout

readonly _portolan_longest_wait=60 _portolan_most_redirects=10

# Sends the request until it is answered for good. The answer is in the folder: `head` and `answer`.
_portolan_send() {
  local attempt=0 code
  while :; do
    code=0
    _portolan_send_once || code=$?
    _portolan_log info "$_portolan_http_method $_portolan_url: ${_portolan_status:-no answer} in ${_portolan_seconds}s"
    if ((code == 0)) && [[ $_portolan_status != 408 && $_portolan_status != 409 && $_portolan_status != 429 && $_portolan_status != 5?? ]]; then
      return 0
    fi
    # What was already written to standard output cannot be taken back.
    [[ -z $_portolan_written ]] || break
    ((attempt < _portolan_max_retries)) || break
    ((code == 0)) || _portolan_is_transient "$code" || break
    _portolan_wait "$attempt" || break
    attempt=$((attempt + 1))
  done
  ((code == 0)) || _portolan_network_failure "$code" "$_portolan_url"
}

# One request and the redirects after it. Fails with curl's code.
_portolan_send_once() {
  local url=$_portolan_url method=$_portolan_http_method hop code secrets=1 body=1 timing line
  local -a arguments
  _portolan_written=
  for ((hop = 0; ; hop++)); do
    _portolan_status='' _portolan_seconds=0 _portolan_location=
    : >"$_portolan_folder/head"
    : >"$_portolan_folder/answer"
    : >"$_portolan_folder/timing"
    _portolan_arguments_of "$method" "$secrets" "$body"
    code=0
    if [[ -n $_portolan_streaming && -z $_portolan_output ]]; then
      command "${_portolan_curl[@]}" "${arguments[@]}" --no-buffer --include \
        --config <(_portolan_config "$secrets" "$url") 2>"$_portolan_folder/error" |
        _portolan_stream || code=$?
      if [[ -e $_portolan_folder/written ]]; then _portolan_written=1; fi
    else
      command "${_portolan_curl[@]}" "${arguments[@]}" --dump-header "$_portolan_folder/head" \
        --output "$_portolan_target" --write-out '%{time_total}\n%{redirect_url}' \
        --config <(_portolan_config "$secrets" "$url") >"$_portolan_folder/timing" 2>"$_portolan_folder/error" || code=$?
    fi
    { read -r _portolan_seconds && read -r _portolan_location; } <"$_portolan_folder/timing" || true
    _portolan_read_head
    # With --resume, curl fails at a status that is no success, and at a server that knows no ranges.
    [[ -z $_portolan_resuming || $code != 22 && $code != 33 ]] || code=0
    ((code == 0)) || return "$code"
    case $_portolan_status in
      301 | 302 | 303) [[ $method == GET || $method == HEAD ]] || { method=GET && body=; } ;;
      307 | 308) ;;
      *) return 0 ;;
    esac
    [[ -n $_portolan_location ]] || return 0
    ((hop < _portolan_most_redirects)) || return 47
    _portolan_origin "$_portolan_location"
    line=$REPLY
    _portolan_origin "$url"
    # What shows who is calling stays with the server that it was meant for.
    [[ $REPLY == "$line" ]] || secrets=
    url=$_portolan_location
    _portolan_log debug "redirected to $url"
  done
}

# METHOD SECRETS BODY -> `arguments` of the caller. Without secrets, headers of the caller's own stay behind too.
_portolan_arguments_of() {
  local header
  arguments=(--disable --silent --show-error --globoff --path-as-is --proto '=http,https'
    --connect-timeout "$_portolan_connect_timeout" --user-agent "$_portolan_agent")
  # A stream or a download may last; only silence ends it.
  if [[ -n $_portolan_streaming || -n $_portolan_output ]]; then
    arguments+=(--speed-limit 1 --speed-time "${_portolan_timeout%%.*}")
  else
    arguments+=(--max-time "$_portolan_timeout")
  fi
  if [[ $1 == HEAD ]]; then arguments+=(--head); else arguments+=(--request "$1"); fi
  [[ -z $_portolan_accept_header ]] || arguments+=(--header "Accept: $_portolan_accept_header")
  if [[ -n $2 ]]; then
    for header in ${_portolan_headers[@]+"${_portolan_headers[@]}"}; do
      # curl takes `Name:` for "send no such header", `Name;` for "send it empty".
      [[ $header != *': ' ]] || header="${header%: };"
      arguments+=(--header "$header")
    done
  fi
  if [[ -n $3 && ${#_portolan_sent[@]} -gt 0 ]]; then
    arguments+=(--header 'Expect:' "${_portolan_sent[@]}")
  elif [[ $1 == POST || $1 == PUT || $1 == PATCH ]]; then
    arguments+=(--header 'Content-Length: 0')
  fi
  [[ -z $_portolan_resuming ]] || arguments+=(--fail --continue-at -)
}

# SECRETS URL: the config that curl reads.
_portolan_config() {
  { set +x; } 2>/dev/null
  local cookies='' cookie
  if [[ -z $1 ]]; then
    _portolan_secret_line url "$2"
    return
  fi
  for cookie in ${_portolan_cookies[@]+"${_portolan_cookies[@]}"}; do cookies+="${cookies:+; }$cookie"; done
  _portolan_secret_config "$2" "$cookies"
}

# The last head of the answer (there are several after 100 Continue) -> _portolan_status, _portolan_head.
_portolan_read_head() {
  local line pattern='^HTTP/[0-9.]+ ([0-9]{3})( .*)?$'
  _portolan_head=()
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%$'\r'}
    if [[ $line =~ $pattern ]]; then
      _portolan_status=${BASH_REMATCH[1]}
      _portolan_head=()
    fi
    [[ -z $line ]] || _portolan_head[${#_portolan_head[@]}]=$line
  done <"$_portolan_folder/head"
}

# NAME -> the value of a header of the answer, else empty.
_portolan_answer_header() {
  local line
  for line in ${_portolan_head[@]+"${_portolan_head[@]}"}; do
    if _portolan_same_word "${line%%:*}" "$1"; then
      _portolan_trim "${line#*:}"
      return 0
    fi
  done
  REPLY=
  return 1
}

# CODE: whether curl's failure may pass: no name, no connection, no answer, a connection that broke.
_portolan_is_transient() {
  case $1 in 5 | 6 | 7 | 16 | 18 | 28 | 35 | 52 | 55 | 56 | 92 | 95) return 0 ;; *) return 1 ;; esac
}

# ATTEMPT: waits as the server says, else 0.5 s doubled up to 8 s, a little less by chance. Fails when the server asks
# for more than a minute.
_portolan_wait() {
  local milliseconds=$((500 << ($1 < 4 ? $1 : 4)))
  milliseconds=$((milliseconds - milliseconds * (RANDOM % 250) / 1000))
  if _portolan_answer_header retry-after-ms && [[ $REPLY =~ ^[0-9]{1,9}(\.[0-9]+)?$ ]]; then
    milliseconds=$((10#${REPLY%%.*}))
  elif _portolan_answer_header retry-after; then
    if [[ $REPLY =~ ^[0-9]{1,6}$ ]]; then
      milliseconds=$((10#$REPLY * 1000))
    elif [[ $REPLY =~ ^[0-9]{1,6}\.[0-9]+$ ]]; then
      milliseconds=${REPLY#*.}000
      milliseconds=$((10#${REPLY%%.*} * 1000 + 10#${milliseconds:0:3}))
    elif _portolan_seconds_until "$REPLY"; then
      milliseconds=$((REPLY * 1000))
    fi
  fi
  ((milliseconds <= _portolan_longest_wait * 1000)) || return 1
  printf -v REPLY '%d.%03d' $((milliseconds / 1000)) $((milliseconds % 1000))
  _portolan_log info "trying again in $REPLY s"
  command sleep "$REPLY"
}

# CODE URL: curl could not do it. Ends with 3, 6 for a timeout, 2 for what the caller can mend.
_portolan_network_failure() {
  local line='' kind words=
  IFS= read -r line <"$_portolan_folder/error" || true
  line=${line#"curl: ($1) "}
  for kind in ${_portolan_schemes[@]+"${_portolan_schemes[@]}"}; do
    # curl's words may hold the URL, and then the key in it.
    [[ ${_portolan_scheme_kinds[kind]} != query ]] || line="curl's error $1"
  done
  case $1 in
    28) words="no answer in time: $2 ($line)" ;;
    47) words="too many redirects: $2" ;;
    126 | 127) words="cannot run ${_portolan_curl[0]}" ;;
    *) words="no answer: $2 ($line)" ;;
  esac
  _portolan_say "$words"
  if [[ -n $_portolan_output && -s $_portolan_target ]]; then
    _portolan_say "what arrived is in $_portolan_target; --resume goes on from there"
    # Only a strong ETag says that two beginnings are the same to the byte.
    if _portolan_answer_header etag && [[ $REPLY == '"'* ]]; then printf '%s\n' "$REPLY" >"$_portolan_target.etag"; fi
  fi
  case $1 in
    28) exit 6 ;;
    2 | 3 | 26 | 37) exit 2 ;;
    *) exit 3 ;;
  esac
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
  if [[ -n $_portolan_include ]]; then printf '%s\n' "${_portolan_head[@]}" '' | _portolan_printable >&2; fi
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

# URL -> its scheme, host and port in small letters, the default port left out.
_portolan_origin() {
  local scheme=${1%%://*} rest=${1#*://} port=
  rest=${rest%%[/?#]*}
  rest=${rest##*@}
  scheme=$(printf '%s' "$scheme" | command tr 'A-Z' 'a-z')
  rest=$(printf '%s' "$rest" | command tr 'A-Z' 'a-z')
  case $scheme in
    http) rest=${rest%:80} ;;
    https) rest=${rest%:443} ;;
  esac
  REPLY=$scheme://$rest
}

# BASE REFERENCE -> the URL that the reference means there (RFC 3986, 5.2, without dot segments).
_portolan_resolve() {
  local base=${1%%[?#]*} origin
  origin=${base%%://*}://
  base=${base#*://}
  case $2 in
    [Hh][Tt][Tt][Pp]://* | [Hh][Tt][Tt][Pp][Ss]://*) REPLY=$2 ;;
    //*) REPLY=${origin%//}$2 ;;
    /*) REPLY=$origin${base%%/*}$2 ;;
    \?*) REPLY=$origin$base$2 ;;
    *)
      if [[ $base == */* ]]; then REPLY=$origin${base%/*}/$2; else REPLY=$origin$base/$2; fi
      ;;
  esac
}

# LEVEL WORDS: to standard error when <PREFIX>_LOG asks for it. No URL that we log holds a credential.
_portolan_log() {
  case $1$_portolan_log in
    infoinfo | infodebug | debugdebug) _portolan_say "$2" ;;
  esac
}
