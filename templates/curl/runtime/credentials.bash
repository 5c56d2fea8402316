# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to send.bash
#
# Secrets: from the environment into a curl config that curl reads from a file descriptor. No secret is ever an
# argument of a program, and what handles one runs with `set +x`, so none gets into a trace.

# -> _portolan_schemes: the rows of the schemes of the first requirement whose variables are all set, and
# _portolan_scopes. Fails when there is none, with the reason; then the schemes are those of the first requirement that
# could be met.
_portolan_credentials() {
  local requirement wanted='' scopes
  local -a first
  first=() _portolan_schemes=() _portolan_scopes=''
  ((${#_portolan_requirements[@]})) || return 0
  for requirement in "${_portolan_requirements[@]}"; do
    _portolan_scheme_rows "$requirement" || continue
    [[ -n $REPLY ]] || return 0
    wanted+=", or set $REPLY"
    if ((${#first[@]} == 0)); then
      first=("${_portolan_schemes[@]}")
      scopes=$_portolan_scopes
    fi
  done
  _portolan_schemes=(${first[@]+"${first[@]}"}) _portolan_scopes=${scopes-}
  REPLY='this operation asks for a kind of authentication that this client does not know'
  [[ -z $wanted ]] || REPLY="no credentials: ${wanted#, or }"
  return 1
}

# REQUIREMENT -> _portolan_schemes and _portolan_scopes; REPLY: the variables that are not set. Fails when we know no
# such scheme.
_portolan_scheme_rows() {
  local rest=$1 scheme scopes wanted=
  _portolan_schemes=()
  while [[ -n $rest ]]; do
    rest=${rest#/}
    scheme=${rest%%/*}
    rest=${rest:${#scheme}}
    rest=${rest#/}
    scopes=${rest%%/*}
    rest=${rest:${#scopes}}
    _portolan_pointer_text "$scopes"
    scopes=$REPLY
    _portolan_pointer_text "$scheme"
    _portolan_scheme_row "$REPLY" || return 1
    _portolan_schemes[${#_portolan_schemes[@]}]=$REPLY
    [[ ${_portolan_scheme_kinds[REPLY]} != oauth ]] || _portolan_scopes=$scopes
    _portolan_has_secret "$REPLY" || wanted+=" and $REPLY"
  done
  REPLY=${wanted# and }
}

# NAME -> the row of a scheme that we can satisfy.
_portolan_scheme_row() {
  local index
  for ((index = 0; index < ${#_portolan_scheme_names[@]}; index++)); do
    if [[ ${_portolan_scheme_names[index]} == "$1" && ${_portolan_scheme_kinds[index]} != unsupported ]]; then
      REPLY=$index
      return 0
    fi
  done
  return 1
}

# ROW: whether its variables are set; if not, REPLY says which to set.
_portolan_has_secret() {
  local -a variables
  IFS=' ' read -r -a variables <<<"${_portolan_scheme_variables[$1]}"
  # `${!x:+set}`, because a trace would show the secret itself.
  case ${_portolan_scheme_kinds[$1]} in
    basic)
      # RFC 7617 allows an empty password, and many APIs take a key for the user alone.
      REPLY="${variables[0]} and ${variables[1]}"
      [[ -n ${!variables[0]:+set} ]]
      ;;
    oauth)
      REPLY="${variables[0]}, or ${variables[1]} and ${variables[2]}"
      [[ -n ${!variables[0]:+set} || (-n ${!variables[1]:+set} && -n ${!variables[2]:+set}) ]]
      ;;
    *)
      REPLY=${variables[0]}
      [[ -n ${!variables[0]:+set} ]]
      ;;
  esac
}

# Writes curl's config for the request, secrets in it, to standard output. Runs in a process substitution: `set +x`
# there is its own.
_portolan_secret_config() {
  { set +x; } 2>/dev/null
  local row value url=$1 cookie=$2 separator
  local -a variables
  for row in ${_portolan_schemes[@]+"${_portolan_schemes[@]}"}; do
    IFS=' ' read -r -a variables <<<"${_portolan_scheme_variables[row]}"
    value=${variables[0]}
    value=${!value-}
    case ${_portolan_scheme_kinds[row]} in
      header) _portolan_secret_line header "${_portolan_scheme_wires[row]}: $value" ;;
      http) _portolan_secret_line header "Authorization: ${_portolan_scheme_wires[row]} $value" ;;
      bearer) _portolan_secret_line header "Authorization: Bearer $value" ;;
      oauth)
        [[ -n $value ]] || value=$(command cat "$_portolan_folder/token")
        _portolan_secret_line header "Authorization: Bearer $value"
        ;;
      basic)
        _portolan_secret_line user "$value:${!variables[1]-}"
        ;;
      query)
        separator='&'
        [[ $url == *\?* ]] || separator=\?
        _portolan_percent_encode "${_portolan_scheme_wires[row]}"
        # A redirect may have brought it along.
        [[ $url != *[?\&]"$REPLY"=* ]] || continue
        url+=$separator$REPLY=
        _portolan_percent_encode "$value"
        url+=$REPLY
        ;;
      cookie)
        _portolan_percent_encode "$value"
        cookie+="${cookie:+; }${_portolan_scheme_wires[row]}=$REPLY"
        ;;
      certificate)
        _portolan_secret_line cert "$value"
        [[ -z ${!variables[1]-} ]] || _portolan_secret_line key "${!variables[1]}"
        ;;
    esac
  done
  [[ -z $cookie ]] || _portolan_secret_line header "Cookie: $cookie"
  _portolan_secret_line url "$url"
}

# OPTION VALUE: one line of the config. A line break in a secret would begin a header of its own.
_portolan_secret_line() {
  _portolan_replace "$2" $'\r' ''
  _portolan_replace "$REPLY" $'\n' ''
  _portolan_config_string "$REPLY"
  printf '%s = %s\n' "$1" "$REPLY"
}
