# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154 # tables come from operation.bash
#
# --dry-run: the request as a curl command that can be pasted. Secrets stand in it as the variables that hold them.

# Prints the command.
_portolan_show() {
  local word row value cookies='' url line=
  local -a variables
  _portolan_credentials || true
  _portolan_shell_word "$_portolan_url"
  url=$REPLY
  for word in ${_portolan_cookies[@]+"${_portolan_cookies[@]}"}; do cookies+="${cookies:+; }$word"; done
  printf 'curl --globoff '
  _portolan_shell_word "$_portolan_http_method"
  # To wait for the body of an answer to HEAD would be to wait for ever.
  if [[ $_portolan_http_method == HEAD ]]; then printf '%s' --head; else printf '%s' "--request $REPLY"; fi
  [[ -z $_portolan_streaming ]] || printf ' --no-buffer'
  [[ -z $_portolan_accept_header ]] || _portolan_show_option --header "Accept: $_portolan_accept_header"
  for word in ${_portolan_headers[@]+"${_portolan_headers[@]}"}; do
    [[ $word != *': ' ]] || word="${word%: };"
    _portolan_show_option --header "$word"
  done
  for row in ${_portolan_schemes[@]+"${_portolan_schemes[@]}"}; do
    IFS=' ' read -r -a variables <<<"${_portolan_scheme_variables[row]}"
    value="\"\$${variables[0]}\""
    case ${_portolan_scheme_kinds[row]} in
      header) _portolan_show_secret --header "${_portolan_scheme_wires[row]}: " "$value" ;;
      http) _portolan_show_secret --header "Authorization: ${_portolan_scheme_wires[row]} " "$value" ;;
      bearer | oauth) _portolan_show_secret --header 'Authorization: Bearer ' "$value" ;;
      basic) printf ' \\\n  --user "$%s:$%s"' "${variables[0]}" "${variables[1]}" ;;
      query)
        _portolan_percent_encode "${_portolan_scheme_wires[row]}"
        if ((${#_portolan_shown[@]} == 0)); then
          # curl encodes the secret.
          printf ' \\\n  --get --data-urlencode %s=%s' "'$REPLY'" "$value"
        else
          line='&'
          [[ $url == *\?* ]] || line=\?
          url+="'$line$REPLY='$value"
        fi
        ;;
      cookie)
        _portolan_show_secret --header "Cookie: $cookies${cookies:+; }${_portolan_scheme_wires[row]}=" "$value"
        cookies=
        ;;
      certificate)
        printf ' \\\n  --cert %s' "$value"
        [[ -z ${variables[1]-} ]] || printf ' --key "$%s"' "${variables[1]}"
        ;;
    esac
  done
  [[ -z $cookies ]] || _portolan_show_option --header "Cookie: $cookies"
  line=
  for word in ${_portolan_shown[@]+"${_portolan_shown[@]}"}; do
    # Options and their values by turns.
    if [[ -z $line ]]; then
      printf ' \\\n  %s' "$word"
      line=value
    else
      _portolan_shell_word "$word"
      printf ' %s' "$REPLY"
      line=
    fi
  done
  [[ -z $_portolan_output ]] || _portolan_show_option --output "$_portolan_output"
  printf ' \\\n  --url %s\n' "$url"
}

# OPTION VALUE: on a line of its own.
_portolan_show_option() {
  _portolan_shell_word "$2"
  printf ' \\\n  %s %s' "$1" "$REPLY"
}

# OPTION TEXT VARIABLE: a value that ends in a variable.
_portolan_show_secret() {
  _portolan_shell_word "$2"
  printf ' \\\n  %s %s%s' "$1" "$REPLY" "$3"
}
