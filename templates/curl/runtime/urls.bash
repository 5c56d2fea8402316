# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash
#
# URLs: where they lead, and what may go there.

# URL -> its scheme, host and port in small letters, the default port left out.
_portolan_origin() {
  local scheme=${1%%://*} rest=${1#*://}
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

# NAME: whether a header of the caller may go to a server that the caller did not choose: what negotiates content may.
_portolan_is_harmless() {
  local name
  for name in accept accept-language accept-encoding content-type content-language content-encoding range if-range \
    if-match if-none-match if-modified-since if-unmodified-since user-agent; do
    ! _portolan_same_word "$1" "$name" || return 0
  done
  return 1
}
