# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash disable=SC2034 # the tables are read by the other files of this folder
#
# What the generated files say: an API, its resources, one operation. They call these functions, which fill tables;
# bash 3.2 has no maps, so a table is a few arrays side by side.

# TITLE VERSION, then the COMMAND, the PREFIX of environment variables and the USER AGENT.
_portolan_api() {
  _portolan_title=$1 _portolan_version=$2 _portolan_command=$3 _portolan_prefix=$4 _portolan_agent=$5
  _portolan_api_description=
  _portolan_resource_words=() _portolan_resource_files=() _portolan_resource_summaries=()
  _portolan_scheme_names=() _portolan_scheme_kinds=() _portolan_scheme_wires=()
  _portolan_scheme_variables=()
  _portolan_servers=() _portolan_server_names=() _portolan_server_docs=()
  _portolan_variable_servers=() _portolan_variable_names=() _portolan_variable_values=()
  _portolan_webhook_names=() _portolan_webhook_summaries=()
}

# TEXT: what the API is for.
_portolan_about() {
  _portolan_api_description=$1
}

# WORDS FILE SUMMARY: a group of operations, the words that lead to it, and the file that describes them.
_portolan_resource() {
  _portolan_resource_words[${#_portolan_resource_words[@]}]=$1
  _portolan_resource_files[${#_portolan_resource_files[@]}]=$2
  _portolan_resource_summaries[${#_portolan_resource_summaries[@]}]=$3
}

# URL NAME SUMMARY: a server; the URL has {variables}. The first is called unless told otherwise; an operation may have
# its own.
_portolan_add_server() {
  _portolan_servers[${#_portolan_servers[@]}]=$1
  _portolan_server_names[${#_portolan_server_names[@]}]=$2
  _portolan_server_docs[${#_portolan_server_docs[@]}]=$3
}

# URL: the server of this operation alone; --server chooses among those of the API.
_portolan_own_server() {
  _portolan_own=$1
}

# NAME DEFAULT: a variable in the URL of the last server.
_portolan_server_variable() {
  _portolan_variable_servers[${#_portolan_variable_servers[@]}]=$((${#_portolan_servers[@]} - 1))
  _portolan_variable_names[${#_portolan_variable_names[@]}]=$1
  _portolan_variable_values[${#_portolan_variable_values[@]}]=$2
}

# NAME SUMMARY: an event that the API sends by itself.
_portolan_webhook() {
  _portolan_webhook_names[${#_portolan_webhook_names[@]}]=$1
  _portolan_webhook_summaries[${#_portolan_webhook_summaries[@]}]=$2
}

# NAME KIND WIRE VARIABLE...: a security scheme and the environment variables that hold its secrets. KIND is header,
# query or cookie (WIRE is its name there), basic (user, password), bearer, http (WIRE is the scheme), oauth (WIRE is the
# token URL; token, client id, client secret), certificate (certificate, key) or unsupported.
_portolan_scheme() {
  _portolan_scheme_names[${#_portolan_scheme_names[@]}]=$1
  _portolan_scheme_kinds[${#_portolan_scheme_kinds[@]}]=$2
  _portolan_scheme_wires[${#_portolan_scheme_wires[@]}]=$3
  shift 3
  _portolan_scheme_variables[${#_portolan_scheme_variables[@]}]=$*
}

# WORD FUNCTION SUMMARY: an operation of the resource, the function that describes it.
_portolan_method() {
  _portolan_method_words[${#_portolan_method_words[@]}]=$1
  _portolan_method_functions[${#_portolan_method_functions[@]}]=$2
  _portolan_method_summaries[${#_portolan_method_summaries[@]}]=$3
}

# METHOD SUMMARY: begins the description of one operation.
_portolan_operation() {
  _portolan_http_method=$1 _portolan_summary=$2
  _portolan_description='' _portolan_deprecated='' _portolan_own='' _portolan_path_parts=()
  _portolan_flags=() _portolan_places=() _portolan_names=() _portolan_members=() _portolan_types=()
  _portolan_modes=() _portolan_needs=() _portolan_docs=()
  _portolan_choice_flags=() _portolan_choice_values=()
  _portolan_body_types=() _portolan_body_kinds=() _portolan_body_needed=''
  _portolan_part_names=() _portolan_part_types=() _portolan_part_modes=() _portolan_part_fixed=()
  _portolan_requirements=() _portolan_accepts='' _portolan_streaming=''
  _portolan_pages=() _portolan_idempotency=''
  _portolan_entry_flags=() _portolan_entry_pointers=() _portolan_entry_kinds=() _portolan_entry_texts=()
}

# TEXT: all that is said about the operation.
_portolan_describe() {
  _portolan_description=$1
}

# The operation should no longer be used.
_portolan_deprecate() {
  _portolan_deprecated=1
}

# LITERAL [NAME LITERAL]...: the path, literals and parameters by turns.
_portolan_path() {
  _portolan_path_parts=("$@")
}

# FLAG PLACE NAME TYPE MODE NEED DOC: a parameter. PLACE is path, query, querystring, header or cookie. TYPE is string,
# integer, number, boolean, object, json (text that is no JSON is a string) or mixed (text that is no JSON object or list
# is a string), with [] behind it for a list. MODE is a style, with `*` when exploded and
# `+` when reserved characters are allowed, or the media type of its content. NEED is required or optional.
_portolan_parameter() {
  _portolan_flags[${#_portolan_flags[@]}]=$1
  _portolan_places[${#_portolan_places[@]}]=$2
  _portolan_names[${#_portolan_names[@]}]=$3
  _portolan_members[${#_portolan_members[@]}]=
  _portolan_types[${#_portolan_types[@]}]=$4
  _portolan_modes[${#_portolan_modes[@]}]=$5
  _portolan_needs[${#_portolan_needs[@]}]=$6
  _portolan_docs[${#_portolan_docs[@]}]=$7
}

# FLAG PLACE NAME POINTER TYPE NEED DOC: a member of an object: of the body (PLACE is body, NAME is empty) or of a
# parameter. In POINTER `~#` stands for any place of an array, `~*` for any name, and `~**` for names with dots between them,
# each a member of the one before; FLAG has `#` and `*` there.
# TYPE may also be file.
_portolan_field() {
  _portolan_parameter "$1" "$2" "$3" "$5" '' "$6" "$7"
  _portolan_members[${#_portolan_members[@]} - 1]=$4
}

# VALUE...: what the last parameter or field is known to take.
_portolan_choices() {
  local value
  for value in "$@"; do
    _portolan_choice_flags[${#_portolan_choice_flags[@]}]=$((${#_portolan_flags[@]} - 1))
    _portolan_choice_values[${#_portolan_choice_values[@]}]=$value
  done
}

# MEDIA-TYPE KIND: a form of the body. KIND is json, form, multipart or raw.
_portolan_body() {
  _portolan_body_types[${#_portolan_body_types[@]}]=$1
  _portolan_body_kinds[${#_portolan_body_kinds[@]}]=$2
}

# A request without a body is refused.
_portolan_body_required() {
  _portolan_body_needed=1
}

# NAME MEDIA-TYPE MODE [HEADER: VALUE]...: how one member of a form is written.
_portolan_part() {
  _portolan_part_names[${#_portolan_part_names[@]}]=$1
  _portolan_part_types[${#_portolan_part_types[@]}]=$2
  _portolan_part_modes[${#_portolan_part_modes[@]}]=$3
  local name=$1
  shift 3
  # The document's headers come first, so that the caller's stand behind them.
  while (($#)); do
    _portolan_part_fixed[${#_portolan_part_fixed[@]}]=$name=$1
    shift
  done
}

# [SCHEME SCOPES]...: one way to show who is calling; without words, none is needed.
_portolan_requirement() {
  local word list=
  for word in "$@"; do
    _portolan_pointer_segment "$word"
    list+=/$REPLY
  done
  _portolan_requirements[${#_portolan_requirements[@]}]=$list
}

# MEDIA-TYPES: what the answer may be.
_portolan_accept() {
  _portolan_accepts=$1
}

# The answer may arrive item by item.
_portolan_streams() {
  _portolan_streaming=1
}

# STYLE ITEMS ...: how a list gives its next page; pages.bash reads it.
_portolan_paged() {
  _portolan_pages=("$@")
}

# HEADER: carries the key by which a repeated request is recognised.
_portolan_idempotent() {
  _portolan_idempotency=$1
}
