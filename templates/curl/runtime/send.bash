# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to the other files
#
# One request: curl started, redirects followed, failures tried again, the outcome turned into an exit code.
#
#   0 fine   2 usage   3 network   4 client error (4xx)   5 server error (5xx)   6 timeout

readonly _portolan_longest_wait=60 _portolan_most_redirects=10

# Sends the request until it is answered for good. The answer is in the folder: `head` and `answer`.
_portolan_send() {
  local attempt=0 code renewed=''
  _portolan_event='' _portolan_event_retry='' _portolan_items=0
  while :; do
    [[ " ${_portolan_scheme_kinds[*]-} " != *' oauth '* ]] || _portolan_token
    code=0
    _portolan_send_once || code=$?
    _portolan_safe_query "$_portolan_url"
    _portolan_log info "$_portolan_http_method $REPLY: ${_portolan_status:-no answer} in ${_portolan_seconds}s"
    _portolan_log_heads
    if ((code == 0)); then
      if [[ $_portolan_status == 200 && -n $_portolan_resuming ]]; then
        _portolan_begin_again
        continue
      fi
      case $_portolan_status in
        401)
          # A token may have been taken back before its time.
          [[ -z $renewed && -s $_portolan_folder/token ]] || return 0
          _portolan_forget_token
          renewed=1
          continue
          ;;
        408 | 409 | 429 | 5??) ;;
        *) return 0 ;;
      esac
    elif [[ -n $_portolan_written ]]; then
      # What was written to standard output cannot be taken back; events say where the stream goes on.
      [[ -n $_portolan_event ]] || break
      [[ -z $_portolan_progress ]] || attempt=0
    fi
    ((attempt < _portolan_max_retries)) || break
    ((code == 0)) || _portolan_is_transient "$code" || break
    [[ -z $_portolan_output || $code == 0 ]] || _portolan_take_up_download
    _portolan_wait "$attempt" || break
    attempt=$((attempt + 1))
  done
  ((code == 0)) || _portolan_network_failure "$code" "$_portolan_url"
}

# One request and the redirects after it. Fails with curl's code.
_portolan_send_once() {
  local url=$_portolan_url method=$_portolan_http_method hop code secrets=1 body=1 here
  local -a arguments
  for ((hop = 0; ; hop++)); do
    _portolan_status='' _portolan_seconds=0 _portolan_location=
    : >"$_portolan_folder/head"
    : >"$_portolan_folder/answer"
    : >"$_portolan_folder/timing"
    _portolan_arguments_of "$method" "$secrets" "$body" "$url"
    code=0
    if [[ -n $_portolan_streaming && -z $_portolan_output ]]; then
      _portolan_load stream
      _portolan_send_stream || code=$?
    else
      command "${_portolan_curl[@]}" "${arguments[@]}" --dump-header "$_portolan_folder/head" \
        --output "$_portolan_target" --write-out '%{time_total}\n%{redirect_url}' \
        --config <(_portolan_config "$secrets" "$url") >"$_portolan_folder/timing" 2>"$_portolan_folder/error" || code=$?
      # curl takes the head for the body of an answer to HEAD.
      [[ $method != HEAD ]] || : >"$_portolan_target"
    fi
    { read -r _portolan_seconds && read -r _portolan_location; } <"$_portolan_folder/timing" || true
    _portolan_read_head
    # With --resume, curl fails at a status that is no success, and at a server that knows no ranges.
    [[ -z $_portolan_resuming || $code != 22 && $code != 33 ]] || code=0
    ((code == 0)) || return "$code"
    # RFC 9110, 15.4: a POST becomes a GET where every client makes it one, 303 is for that alone.
    case $method$_portolan_status in
      POST301 | POST302) method=GET body='' ;;
      HEAD303) ;;
      *303) method=GET body='' ;;
      *30[1278]) ;;
      *) return 0 ;;
    esac
    [[ -n $_portolan_location ]] || return 0
    ((hop < _portolan_most_redirects)) || return 47
    _portolan_origin "$url"
    here=$REPLY
    _portolan_origin "$_portolan_location"
    if [[ $here == https://* && $REPLY != https://* ]]; then
      printf 'curl: (1) refused a redirect to another scheme\n' >"$_portolan_folder/error"
      return 1
    fi
    # What shows who is calling stays with the server that it was meant for.
    [[ $REPLY == "$here" ]] || secrets=
    url=$_portolan_location
    _portolan_log debug "redirected to ${url%%[?#]*}"
  done
}

# METHOD SECRETS BODY URL -> `arguments` of the caller. Without secrets, headers of the caller's own stay behind too, but for
# those that say what is sent and what is wanted.
_portolan_arguments_of() {
  local header silence
  arguments=(--disable --silent --show-error --globoff --path-as-is --proto '=http,https'
    --connect-timeout "$_portolan_connect_timeout" --user-agent "$_portolan_agent")
  # A stream or a download may last; only silence ends it.
  if [[ -n $_portolan_streaming || -n $_portolan_output ]]; then
    silence=${_portolan_timeout%%.*}
    [[ $_portolan_timeout == "$silence" ]] || silence=$((10#$silence + 1))
    arguments+=(--speed-limit 1 --speed-time "$silence")
  else
    arguments+=(--max-time "$_portolan_timeout")
  fi
  if [[ $1 == HEAD ]]; then arguments+=(--head); else arguments+=(--request "$1"); fi
  [[ -z $_portolan_accept_header ]] || arguments+=(--header "Accept: $_portolan_accept_header")
  for header in ${_portolan_headers[@]+"${_portolan_headers[@]}"}; do
    [[ -n $2 ]] || _portolan_is_harmless "${header%%:*}" || continue
    [[ -n $3 ]] || ! _portolan_same_word "${header%%:*}" content-type || continue
    # curl takes `Name:` for "send no such header", `Name;` for "send it empty".
    [[ $header != *': ' ]] || header="${header%: };"
    arguments+=(--header "$header")
  done
  [[ -z $_portolan_event ]] || arguments+=(--header "Last-Event-ID: $_portolan_event")
  if [[ -n $3 && ${#_portolan_sent[@]} -gt 0 ]]; then
    arguments+=(--header 'Expect:')
    if [[ ${_portolan_sent[0]} == --upload-file && ($4 == */ || ${4#*://} != */*) ]]; then
      # To such an address curl would add the name of the file.
      arguments+=(--data-binary "@${_portolan_sent[1]}")
    else
      arguments+=("${_portolan_sent[@]}")
    fi
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
  if [[ -n $_portolan_event_retry ]]; then
    milliseconds=$((_portolan_event_retry < _portolan_longest_wait * 1000 ? _portolan_event_retry : _portolan_longest_wait * 1000))
  fi
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
    # curl's words may hold the URL, and the key in it.
    [[ ${_portolan_scheme_kinds[kind]} != query ]] || line="curl's error $1"
  done
  _portolan_safe_query "$2"
  case $1 in
    28) words="no answer in time: $REPLY ($line)" ;;
    47) words="too many redirects: $REPLY" ;;
    126 | 127) words="cannot run ${_portolan_curl[0]}" ;;
    *) words="no answer: $REPLY ($line)" ;;
  esac
  _portolan_say "$words"
  if [[ -n $_portolan_output && -s $_portolan_target ]]; then
    _portolan_say "what arrived is in $_portolan_target; --resume goes on from there"
  fi
  case $1 in
    28) exit 6 ;;
    2 | 3 | 26 | 37 | 58) exit 2 ;;
    *) exit 3 ;;
  esac
}
