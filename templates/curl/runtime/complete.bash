# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2154 # tables come from operation.bash
#
# What the completions of bash, zsh and fish ask for.

# WORD...: what may stand in the place of the last word: a candidate on a line, behind a tab what it means.
_portolan_complete() {
  (($#)) || set -- ''
  local last=${*:$#} before='' index name word seen=' '
  (($# < 2)) || before=${*:$#-1:1}
  # bash makes three words of --flag=value.
  if [[ $before == = ]]; then
    before=
    (($# < 3)) || before=${*:$#-2:1}
  elif [[ $last == = ]]; then
    last=
  elif [[ $last == --*=* ]]; then
    before=${last%%=*} last=${last#*=}
  fi
  # The words before the last lead to a resource and an operation.
  if _portolan_locate "${@:1:$#-1}" 2>/dev/null && [[ -n $_portolan_found_method ]]; then
    (($# - 1 > _portolan_consumed)) || before=
    if [[ $before == --* ]] && _portolan_takes_value "${before#--}"; then
      for ((index = 0; index < ${#_portolan_choice_flags[@]}; index++)); do
        [[ ${_portolan_choice_flags[index]} != "$_portolan_flag" ]] ||
          _portolan_candidate "${_portolan_choice_values[index]}" ''
      done
      return
    fi
    for ((index = 0; index < ${#_portolan_flags[@]}; index++)); do
      name=${_portolan_flags[index]}
      word=${_portolan_docs[index]}
      _portolan_candidate "--${name%%[*#]*}" "${word%%$'\n'*}"
    done
    for name in help all max-items output resume include raw dry-run verbose json body-file body-text content-type \
      part-type part-filename part-header null extra-body extra-header extra-query accept base-url server server-variable timeout \
      connect-timeout max-retries; do
      _portolan_candidate "--$name" ''
    done
    return
  fi
  before="${*:1:$#-1}"
  for ((index = 0; index < ${#_portolan_resource_words[@]}; index++)); do
    word=${_portolan_resource_words[index]}
    if [[ -n $before ]]; then
      [[ $word == "$before "* ]] || continue
      word=${word#"$before "}
    fi
    # Of a resource inside another only the outer word is next.
    [[ $seen != *" ${word%% *} "* ]] || continue
    seen+="${word%% *} "
    _portolan_candidate "${word%% *}" "${_portolan_resource_summaries[index]}"
  done
  for ((index = 0; index < ${#_portolan_method_words[@]}; index++)); do
    _portolan_candidate "${_portolan_method_words[index]}" "${_portolan_method_summaries[index]}"
  done
  if ((${#_portolan_webhook_names[@]})); then
    [[ -n $before || $seen == *' webhooks '* ]] || _portolan_candidate webhooks 'Events that the API sends'
    [[ $before != webhooks ]] || _portolan_candidate unwrap 'Verify an event and print it'
  fi
}

# NAME: whether the word behind the option --NAME is its value; -> _portolan_flag, its row, -1 for options of ours.
_portolan_takes_value() {
  case $1 in
    help | all | include | raw | dry-run | resume | verbose) return 1 ;;
    max-items | output | json | body-file | body-text | content-type | part-type | part-filename | part-header | null | \
      extra-body | extra-header | extra-query | accept | base-url | server | server-variable | timeout | connect-timeout | max-retries)
      _portolan_flag=-1
      ;;
    *) _portolan_find_flag "$1" && [[ ${_portolan_types[_portolan_flag]} != boolean ]] ;;
  esac
}

# WORD MEANING: printed when it goes on what was typed and can stand on a line.
_portolan_candidate() {
  [[ $1 == "$last"* && $1 != *[$'\t\n']* ]] && ! _portolan_is_hidden "$1" || return 0
  if [[ -n $2 ]]; then printf '%s\t%s\n' "$1" "$2"; else printf '%s\n' "$1"; fi
}
