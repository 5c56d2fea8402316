# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154 # tables come from operation.bash
#
# Webhooks by the rules of Standard Webhooks (standardwebhooks.com): signed by HMAC-SHA-256, dated, several signatures.
# No secret is an argument of a program, so HMAC (RFC 2104) is made of two digests whose input comes through pipes.

readonly _portolan_webhook_tolerance=300
readonly _portolan_base64=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/

# [OPTION...]: prints the event from standard input or --body-file when one of its signatures is by one of the secrets in
# <PREFIX>_WEBHOOK_SECRET, and it is at most five minutes old. Ends with 4 when it is not.
_portolan_unwrap() {
  local file=- id='' timestamp='' signatures='' age
  while (($#)); do
    case $1 in
      -h | --help)
        _portolan_unwrap_help
        return
        ;;
      --header | --body-file) (($# > 1)) || _portolan_usage "the option $1 needs a value" ;;
      *) _portolan_usage "unknown option $1; --help lists all" ;;
    esac
    if [[ $1 == --body-file ]]; then file=$2; else _portolan_webhook_header "$2"; fi
    shift 2
  done
  [[ -n $id && -n $timestamp && -n $signatures ]] ||
    _portolan_usage 'the headers webhook-id, webhook-timestamp and webhook-signature are required; --help tells more'
  REPLY=${_portolan_prefix}_WEBHOOK_SECRET
  [[ -n ${!REPLY:+set} ]] || _portolan_usage "no secret: set $REPLY"
  _portolan_has_digest || _portolan_usage 'openssl, sha256sum or shasum is needed to verify a signature; none is installed'
  [[ $file == - || (-r $file && ! -d $file) ]] || _portolan_usage "cannot read \`$file\`"
  if [[ ! $timestamp =~ ^[0-9]{1,18}$ ]]; then _portolan_refuse 'webhook-timestamp is no number'; fi
  _portolan_now
  age=$((REPLY - 10#$timestamp))
  ((age <= _portolan_webhook_tolerance)) || _portolan_refuse 'the webhook is too old'
  ((-age <= _portolan_webhook_tolerance)) || _portolan_refuse 'the webhook is from the future'
  umask 077
  _portolan_folder=$(command mktemp -d "${TMPDIR:-/tmp}/$_portolan_command.XXXXXX") || exit 1
  trap 'command rm -rf -- "$_portolan_folder"' EXIT
  if [[ $file == - ]]; then command cat >"$_portolan_folder/body"; else command cat <"$file" >"$_portolan_folder/body"; fi
  _portolan_is_signed || exit 4
  _portolan_json_read "$_portolan_folder/body" - || _portolan_refuse 'the webhook is signed, but it is no JSON'
  command cat "$_portolan_folder/body"
}

_portolan_unwrap_help() {
  local index
  _portolan_load help
  printf '%s\n' 'Verify a webhook and print it' '' 'Usage:' \
    "  $_portolan_command webhooks unwrap --header <name: value>... [--body-file <path>]" '' \
    "The headers webhook-id, webhook-timestamp and webhook-signature are those of the request; the body comes from" \
    "standard input or a file. ${_portolan_prefix}_WEBHOOK_SECRET holds the secret (whsec_...), or several with spaces between them." \
    '' 'Exit codes:' '  0 signed  2 usage  4 not signed, or older than five minutes'
  ((${#_portolan_webhook_names[@]} == 0)) || printf '\nEvents:\n'
  for ((index = 0; index < ${#_portolan_webhook_names[@]}; index++)); do
    _portolan_row 28 "${_portolan_webhook_names[index]}" "${_portolan_webhook_summaries[index]}"
  done
}

# NAME: VALUE -> `id`, `timestamp`, `signatures` of the caller; other headers mean nothing here.
_portolan_webhook_header() {
  local name=${1%%:*}
  _portolan_trim "${1#*:}"
  if _portolan_same_word "$name" webhook-id || _portolan_same_word "$name" svix-id; then
    id=$REPLY
  elif _portolan_same_word "$name" webhook-timestamp || _portolan_same_word "$name" svix-timestamp; then
    timestamp=$REPLY
  elif _portolan_same_word "$name" webhook-signature || _portolan_same_word "$name" svix-signature; then
    signatures=$REPLY
  fi
}

# WORDS...: why the webhook is not believed. Ends with 4.
_portolan_refuse() {
  _portolan_say "$@"
  exit 4
}

# Whether a signature is by a secret. Runs where nothing is traced.
_portolan_is_signed() (
  { set +x; } 2>/dev/null
  variable=${_portolan_prefix}_WEBHOOK_SECRET
  IFS=' ' read -r -a secrets <<<"${!variable}"
  IFS=' ' read -r -a given <<<"$signatures"
  found=
  for secret in ${secrets[@]+"${secrets[@]}"}; do
    _portolan_key_of "${secret#whsec_}" || _portolan_refuse "$variable is not base64, as in whsec_..."
    _portolan_hmac "$REPLY" || _portolan_refuse 'cannot make a digest'
    _portolan_base64_of "$REPLY"
    expected=v1,$REPLY
    # No comparison is left out: how long it takes says nothing of the secrets.
    for signature in ${given[@]+"${given[@]}"}; do
      if _portolan_same_text "$signature" "$expected"; then found=1; fi
    done
  done
  [[ -n $found ]] || _portolan_refuse 'no signature is by this secret'
)

# KEY in hexadecimal -> the HMAC of the webhook, in hexadecimal.
_portolan_hmac() {
  local key=$1 index byte inner='' outer=''
  if ((${#key} > 128)); then
    _portolan_digest "$(_portolan_escaped "$key")" || return 1
    key=$REPLY
  fi
  while ((${#key} < 128)); do key+=00; done
  for ((index = 0; index < 128; index += 2)); do
    byte=$((16#${key:index:2}))
    printf -v REPLY '%02x' $((byte ^ 0x36))
    inner+=$REPLY
    printf -v REPLY '%02x' $((byte ^ 0x5c))
    outer+=$REPLY
  done
  _portolan_digest "$(_portolan_escaped "$inner")" "$id.$timestamp." "$_portolan_folder/body" || return 1
  _portolan_digest "$(_portolan_escaped "$outer$REPLY")"
}

# HEXADECIMAL -> escapes of printf that mean these bytes; no variable can hold a zero.
_portolan_escaped() {
  local text=$1 result=
  while [[ -n $text ]]; do
    result+=\\x${text:0:2}
    text=${text:2}
  done
  printf '%s' "$result"
}

# ESCAPES [TEXT FILE] -> the SHA-256 of all of it, in hexadecimal.
_portolan_digest() {
  REPLY=$({
    printf '%b' "$1"
    if (($# > 1)); then
      printf '%s' "$2"
      command cat "$3"
    fi
  } | _portolan_sha256) || return 1
  REPLY=${REPLY##*= }
  REPLY=${REPLY%%[[:space:]]*}
  [[ $REPLY =~ ^[0-9a-f]{64}$ ]]
}

_portolan_has_digest() {
  local tool
  for tool in openssl sha256sum shasum; do
    if command -v "$tool" >/dev/null 2>&1; then
      _portolan_digest_tool=$tool
      return
    fi
  done
  return 1
}

_portolan_sha256() {
  case $_portolan_digest_tool in
    openssl) command openssl dgst -sha256 ;;
    sha256sum) command sha256sum ;;
    *) command shasum -a 256 ;;
  esac
}

# BASE64 -> the bytes in hexadecimal; fails when it is none.
_portolan_key_of() {
  local text=$1 index before bits=0 count=0 result=''
  [[ $text =~ ^[A-Za-z0-9+/]+=?=?$ ]] && ((${#text} % 4 == 0)) || return 1
  text=${text%%=*}
  for ((index = 0; index < ${#text}; index++)); do
    before=${_portolan_base64%%"${text:index:1}"*}
    bits=$(((bits << 6 | ${#before}) & 0xFFF))
    count=$((count + 6))
    if ((count >= 8)); then
      count=$((count - 8))
      printf -v REPLY '%02x' $((bits >> count & 255))
      result+=$REPLY
    fi
  done
  REPLY=$result
}

# HEXADECIMAL -> base64.
_portolan_base64_of() {
  local text=$1 bits result=
  while [[ -n $text ]]; do
    bits=${text:0:6}
    while ((${#bits} < 6)); do bits+=00; done
    bits=$((16#$bits))
    result+=${_portolan_base64:bits >> 18:1}${_portolan_base64:bits >> 12 & 63:1}
    result+=${_portolan_base64:bits >> 6 & 63:1}${_portolan_base64:bits & 63:1}
    case ${#text} in
      2) result=${result%??}== ;;
      4) result=${result%?}= ;;
    esac
    text=${text:6}
  done
  REPLY=$result
}

# Whether two texts are the same; looks at all of them in any case.
_portolan_same_text() {
  local index one other difference=$((${#1} ^ ${#2}))
  for ((index = 0; index < ${#2}; index++)); do
    printf -v one '%d' "'${1:index:1}"
    printf -v other '%d' "'${2:index:1}"
    difference=$((difference | (one ^ other)))
  done
  ((difference == 0))
}
