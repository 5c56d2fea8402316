# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154,SC2034 # tables come from operation.bash, results go to the other files
#
# Tokens by OAuth 2 client credentials (RFC 6749, 4.4). A token is kept in a file that only its owner can read until
# shortly before it expires, so that a script of a hundred calls asks for one; a token that is refused is asked for anew.
# Nothing here that holds a token or a secret runs where it could be traced.

# Puts a token into our own folder where a scheme wants one and none is set.
_portolan_token() {
  local row kept
  local -a variables
  for row in ${_portolan_schemes[@]+"${_portolan_schemes[@]}"}; do
    [[ ${_portolan_scheme_kinds[row]} == oauth && ! -s $_portolan_folder/token ]] || continue
    IFS=' ' read -r -a variables <<<"${_portolan_scheme_variables[row]}"
    [[ -z ${!variables[0]:+set} ]] || continue
    _portolan_resolve "$_portolan_url" "${_portolan_scheme_wires[row]}"
    _portolan_token_url=$REPLY
    _portolan_token_file "${variables[1]}"
    kept=$REPLY
    if [[ -n $kept ]] && _portolan_kept_token "$kept"; then continue; fi
    _portolan_fetch_token "${variables[1]}" "${variables[2]}"
    [[ -z $kept ]] || _portolan_keep_token "$kept"
  done
}

# VARIABLE, which holds the client's id -> the file that keeps its token, and _portolan_token_key, its first line; empty
# when none is kept. <PREFIX>_TOKEN_CACHE names another folder, or is empty.
_portolan_token_file() {
  local folder=${_portolan_prefix}_TOKEN_CACHE sum
  if [[ -n ${!folder+set} ]]; then
    folder=${!folder}
  elif [[ -n ${XDG_CACHE_HOME-}${HOME-} ]]; then
    folder=${XDG_CACHE_HOME:-$HOME/.cache}/$_portolan_command
  else
    folder=
  fi
  REPLY=
  [[ $folder == /* ]] || return 0
  _portolan_percent_encode "${!1-}"
  _portolan_token_key=$REPLY
  _portolan_percent_encode "$_portolan_scopes"
  _portolan_token_key="$_portolan_token_url $_portolan_token_key $REPLY"
  sum=$(printf '%s' "$_portolan_token_key" | command cksum)
  REPLY=$folder/token-${sum%%[[:space:]]*}
}

# FILE: takes the token that it keeps, when it is good for a while yet. A file or a folder that is not our own is not
# believed.
_portolan_kept_token() {
  [[ -f $1 && ! -L $1 && -O $1 && -O ${1%/*} ]] || return 1
  _portolan_now
  (
    { set +x; } 2>/dev/null
    now=$REPLY
    { IFS= read -r key && IFS= read -r expires && IFS= read -r token; } <"$1" || exit 1
    [[ $key == "$_portolan_token_key" && $expires =~ ^[0-9]{1,12}$ && -n $token ]] || exit 1
    ((10#$expires > now)) || exit 1
    printf '%s' "$token" >"$_portolan_folder/token"
  )
}

# FILE: keeps the token that was fetched. It is written beside the file first: two commands may do it at once.
_portolan_keep_token() {
  local folder=${1%/*} file
  command mkdir -p -- "$folder" 2>/dev/null && [[ -O $folder && ! -L $folder ]] || return 0
  command chmod 700 "$folder"
  _portolan_now
  (
    { set +x; } 2>/dev/null
    now=$REPLY
    IFS= read -r lasts <"$_portolan_folder/token_lasts" || exit 0
    file=$(command mktemp "$folder/new.XXXXXX") || exit 0
    # A little earlier than it ends: the call takes time too.
    lasts=$((10#$lasts))
    if ((lasts < 60)); then lasts=$((lasts / 2)); else lasts=$((lasts - 30)); fi
    printf '%s\n%s\n%s\n' "$_portolan_token_key" "$((now + lasts))" "$(command cat "$_portolan_folder/token")" >"$file"
    command mv -f -- "$file" "$1"
  ) 2>/dev/null || true
}

# Lets the token go that was refused, unless another command has replaced it since.
_portolan_forget_token() {
  local row
  local -a variables
  for row in ${_portolan_schemes[@]+"${_portolan_schemes[@]}"}; do
    [[ ${_portolan_scheme_kinds[row]} == oauth ]] || continue
    IFS=' ' read -r -a variables <<<"${_portolan_scheme_variables[row]}"
    _portolan_token_file "${variables[1]}"
    [[ -n $REPLY && -f $REPLY ]] || continue
    (
      { set +x; } 2>/dev/null
      { IFS= read -r key && IFS= read -r expires && IFS= read -r token; } <"$REPLY" || exit 0
      [[ $token != "$(command cat "$_portolan_folder/token")" ]] || command rm -f -- "$REPLY"
    )
  done
  command rm -f -- "$_portolan_folder/token"
  _portolan_log debug 'the token was refused; asking for another'
}

# ID SECRET, variables: asks for a token. Ends with 4 when there is none.
_portolan_fetch_token() {
  local status code=0
  _portolan_log debug "asking $_portolan_token_url for a token"
  (
    { set +x; } 2>/dev/null
    data=grant_type=client_credentials
    if [[ -n $_portolan_scopes ]]; then
      _portolan_percent_encode "$_portolan_scopes"
      data+="&scope=$REPLY"
    fi
    _portolan_percent_encode "${!1-}"
    user=$REPLY
    _portolan_percent_encode "${!2-}"
    user+=:$REPLY
    command "${_portolan_curl[@]}" --disable --silent --show-error --globoff --proto '=http,https' \
      --max-time "$_portolan_timeout" --connect-timeout "$_portolan_connect_timeout" \
      --user-agent "$_portolan_agent" --header 'Accept: application/json' --data-raw "$data" \
      --output "$_portolan_folder/token_answer" --write-out '%{http_code}' --url "$_portolan_token_url" \
      --config <(_portolan_secret_line user "$user") >"$_portolan_folder/token_status" 2>"$_portolan_folder/error"
  ) || code=$?
  ((code == 0)) || _portolan_network_failure "$code" "$_portolan_token_url"
  status=$(command cat "$_portolan_folder/token_status")
  if [[ $status != 2?? ]]; then
    _portolan_say "no token: the token server answered $status"
    { command cat "$_portolan_folder/token_answer" && echo; } 2>/dev/null | _portolan_printable >&2
    exit 4
  fi
  (
    { set +x; } 2>/dev/null
    _portolan_json_read "$_portolan_folder/token_answer" - /access_token /expires_in || exit 1
    # An hour when the server does not say it (RFC 6749, 5.1: it should).
    lasts=${_portolan_found[1]%%.*}
    [[ $lasts =~ ^[0-9]{1,9}$ ]] || lasts=3600
    printf '%s\n' "$lasts" >"$_portolan_folder/token_lasts"
    _portolan_json_plain "${_portolan_found[0]}"
    [[ -n $REPLY && $REPLY != *[[:cntrl:]]* ]] || exit 1
    printf '%s' "$REPLY" >"$_portolan_folder/token"
  ) || {
    _portolan_say 'no token: the token server gave no access_token'
    exit 4
  }
}
