"""What neither bash 3.2 nor curl 7.68 nor the tools of macOS know: the oldest that people have (macOS; Ubuntu 20.04). No Debian package has that bash,
so text is looked at instead. `python3 lint.py FILE...` prints what it finds."""

import pathlib
import re
import sys

# Each rule: what it looks for, a line that it must refuse, and one that it must let pass.
BASH = {
    "associative array (4.0)": (r"\b(declare|local|typeset|readonly) -[a-zA-Z]*A", "local -A map", "local -a list"),
    "name reference (4.3)": (r"\b(declare|local|typeset) -[a-zA-Z]*n\b", "local -n name=$1", "declare -i n"),
    "global or cased declaration (4.0, 4.2)": (r"\b(declare|typeset|local) -[a-zA-Z]*[glu]", "declare -g x", "declare -F"),
    "local - (4.4)": (r"\blocal -(?=\s|;|$)", "local -; set -f", "local -a x"),
    "case of letters (4.0)": (r"\$\{!?\w+(\[[^]]*\])?(\^|,|~)", "${x^^}", "${x%,}"),
    "transformation (4.4)": (r"\$\{!?\w+(\[[^]]*\])?@", "${x@Q}", "${x[@]}"),
    "mapfile, coproc (4.0)": (r"\b(mapfile|readarray|coproc)\b", "mapfile -t x", "map=file"),
    "|& (4.0)": (r"\|&", "a |& b", "a | b"),
    "&>> (4.0)": (r"&>>", "a &>>b", "a &>b"),
    ";& in case (4.0)": (r";;?&(?!&)", "a) b ;;&", "a) b ;;"),
    "index from the end (4.3)": (r"\w\[-[0-9]", "${x[-1]}", "${x[${#x[@]} - 1]}"),
    "length from the end (4.2)": (r"\$\{\w+:[^}:]*: ?-", "${x:0:-1}", "${x: -1}"),
    "printf into an array (4.1)": (r"printf -v [\"']?\w+\[", "printf -v 'x[1]' a", "printf -v x a"),
    "test -v, -R (4.2)": (r"(\[\[?|test) (! )?-[vR] ", "[[ -v x ]]", "[[ -n $v ]]"),
    "time by printf (4.2)": (r"%(-?[0-9]+)?\(", "printf '%(%s)T'", "printf '%s'"),
    "fraction for read (4.0)": (r"\bread\b[^|;&]* -t ?[0-9]*\.", "read -t 0.5 x", "read -r x"),
    "read -N, -i (4.1)": (r"\bread\b[^|;&]* -[a-z]*[Ni]\b", "read -N 1 x", "read -n 1 x"),
    "wait -n, -p (4.3)": (r"\bwait -[np]", "wait -n", "wait $x"),
    "globstar and other options (4.0 on)": (
        r"\bshopt [^;]*-s[^;]*\b(globstar|lastpipe|inherit_errexit|autocd|dirspell|globasciiranges|checkjobs)",
        "shopt -s globstar",
        "shopt -u lastpipe",
    ),
    "newer variable (4.0 on)": (r"\$\{?(BASHPID|EPOCHSECONDS|EPOCHREALTIME|SRANDOM|BASH_XTRACEFD|BASH_ARGV0|FUNCNEST)\b", "$BASHPID", "$$"),
    "Unicode escape (4.2)": (r"\$'[^']*\\[uU][0-9A-Fa-f]", "x=$'\\u00e9'", "x=$'\\303\\251'"),
    "descriptor into a variable (4.1)": (r"\{\w+\}[<>]", "exec {fd}>x", "exec 3>x"),
    "steps or zeros in a range (4.0)": (r"\{0[0-9]+\.\.|\{\w+\.\.\w+\.\.", "{01..10}", "{1..10}"),
    "source of a substitution (broken in 3.2)": (r"(^|[;&|]\s*)(\.|source) <\(", ". <(x)", '. "$x"'),
    "pattern of case inside $( ) (broken in 3.2)": (
        r"[$<]\((?:[^()]|\([^()]*\))*\bcase\b[^()]*\bin\b[^()]*\)",
        "x=$(case $y in a) b ;; esac)",
        "case $y in a) x=$(b) ;; esac",
    ),
    "array that may be empty (4.4 under set -u)": (r"(?<!\+)\"\$\{(\w+)\[@\]\}\"", 'f "${x[@]}"', 'f ${x[@]+"${x[@]}"}'),
    "replacement with quotes (differs from bash to bash)": (
        r"\$\{\w+//?[^}/]+/[^}]*[\"'\\&$]", "${x//a/\"b\"}", "${x//a/b}"
    ),
}

# Where a command begins: a word of data may be called like a tool.
START = r"(?:^\s*|[;&|(]\s*|\b(?:then|do|else|if|elif|while|until|command|exec)\s+|!\s+)(?:\w+=\S*\s+)*"

# What only the tools of GNU know: on macOS and the BSDs they have other options, or other names. As above.
TOOLS = {
    "date -d, -I, -s and %N (BSD: -j -f, -v)": (START + r"date\b[^|;&)\n]*( --?[dIsr]|%N|--date|--iso)", "date -u -d @0 +%s", "date -u '+%Y %m'"),
    "sed -i, -r, -z, -s (BSD: -i '' , -E)": (START + r"sed(?:( -[nEe]+)* -[a-zA-Z]*[irzsu]| .*--[a-z])", "sed -i s/a/b/ x", "sed -n 's/-i/b/p' x"),
    "\\+, \\?, \\| or a letter escape in a basic expression": (START + r"(?:sed|grep)\b(?! -E)[^|;&\n]*\\[+?|wWsSbn]", "sed 's/a\\+/b/'", "sed 's/aa*/b/'"),
    "stat -c (BSD: -f)": (START + r"stat\b", "stat -c %s x", "wc -c <x"),
    "readlink -f, realpath (macOS before 12.3)": (START + r"(?:readlink -|realpath\b)", "readlink -f x", "readlink x"),
    "mktemp without a template, -p, --": (START + r"mktemp\b(?! (-d )?\"[^\"]*XXXXXX\")", "mktemp -p /tmp", 'mktemp -d "$TMPDIR/x.XXXXXX"'),
    "base64 -w, -d (BSD: -D)": (START + r"base64 -", "base64 -w0 x", "openssl base64 -A"),
    "sums without their other name": (START + r"(?:md5sum|sha1sum|sha512sum)\b", "md5sum x", "command cksum"),
    "grep -P, -o with lookaround, --": (START + r"grep\b[^|;&\n]* (-[a-zA-Z]*[PzT]|--)", "grep -P a x", "grep -m 1 a x"),
    "long options": (START + r"(?:rm|mv|cp|mkdir|chmod|ln|sort|head|tail|wc|tr|od|touch|cat|ls|sleep|dirname|basename)\b( -[a-zA-Z]+)* --[a-z]", "rm --force x", "rm -f -- x"),
    "head or tail with bytes from the end": (START + r"(?:head|tail) -[cn] ?-", "head -c -1 x", "tail -n 3 x"),
    "sleep with a unit": (START + r"sleep [0-9.]+[smhd]", "sleep 1s", "sleep 0.1"),
    "other tools of GNU": (
        START + r"(?:timeout|tac|shuf|seq|nproc|numfmt|truncate|install|gdate|gsed|setsid|flock|pgrep|ss|free)\b(?! *[|)])",
        "timeout 5 x", "--timeout 5",
    ),
    "xargs -r, -d, -a; find without a place, -printf": (
        START + r"(?:xargs\b[^|;&\n]* -[rda]|find -|find\b[^|;&\n]*-(?:printf|regextype|executable))", "find . -printf x", "find . -type f",
    ),
    "od -t with --, hexdump, xxd": (START + r"(?:xxd|hexdump)\b", "xxd -p x", "od -An -tx1 x"),
    "cp -a, --reflink, -t; ln -r": (START + r"(?:cp -[a-zA-Z]*[at]|ln -[a-zA-Z]*r)", "cp -a x y", "cp -R x y"),
    "/proc, /dev/shm": (r"/proc/|/dev/shm", "cat /proc/self/fd/3", "cat /dev/fd/3"),
}

CURL = {
    option: rf"(?<![\w-])--{option}(?![\w-])"
    for option in (
        "aws-sigv4 ca-native cert-status-file doh-cert-status dump-ca-embed ech etag-compare etag-save fail-with-body form-escape "
        "haproxy-clientip hsts http3 http3-only ignore-content-length-x ip-tos ipfs-gateway json keepalive-cnt mptcp next-x "
        "no-progress-meter-x out-null parallel-immediate-x proto-redir-x proxy-ca-native proxy-http2 quic rate remove-on-error "
        "retry-all-errors skip-existing tls-earlydata trace-config trace-ids url-query variable vlan-priority create-file-mode "
        "curves doh-insecure ssl-auto-client-cert ssl-revoke-best-effort parallel-max-host"
    ).split()
    if not option.endswith("-x")
} | {
    "newer --write-out": r"%\{(certs|exitcode|errormsg|header_json|json|method|num_certs|num_headers|onerror|referer|response_code_x|scheme_x|stderr|stdout|url|urlnum|url_effective_x|urle?\.\w+|http_version_x|proxy_used|conn_id|xfer_id|size_delivered|time_posttransfer|header\{)|%\{output\{|%output\{",
}


def bare(text, strings=""):
    """The text without comments and with `strings` in the place of what stands in single quotes, in as many lines."""
    result, index, comment = [], 0, re.compile(r"#[^\n]*")
    while index < len(text):
        here = text[index]
        if here == "\\":
            result.append(text[index : index + 2])
            index += 2
        elif here == "'" and not in_double(result):
            end = text.find("'", index + 1)
            end = len(text) if end < 0 else end
            dollar = result and result[-1] == "$"
            inside = text[index + 1 : end]
            result.append("'" + (inside if dollar or strings is None else strings) + "'" + "\n" * ("" if dollar or strings is None else inside).count("\n"))
            index = end + 1
        elif here == "#" and (not result or result[-1][-1] in " \t\n;("):
            index = comment.match(text, index).end()
        else:
            result.append(here)
            index += 1
    return "".join(result)


def in_double(before):
    """Whether a double quote is open at the end of the line that is being read."""
    line, inside = "", False
    for piece in reversed(before):
        if piece == "\n":
            break
        line = piece + line
    for found in re.finditer(r"\\.|\"|'[^'\"]*'", line):
        if found.group() == '"':
            inside = not inside
    return inside


def found(text, rules, never_empty=()):
    """(line, rule) for all that is newer than it may be."""
    result = []
    for name, rule in rules.items():
        pattern = rule if isinstance(rule, str) else rule[0]
        for hit in re.finditer(pattern, text, re.MULTILINE):
            if name.startswith("array that may be empty") and hit.group(1) in never_empty:
                continue
            result.append((text.count("\n", 0, hit.start()) + 1, name))
    return sorted(result)


def main():
    count = 0
    for path in sys.argv[1:]:
        text = pathlib.Path(path).read_text(errors="replace")
        for line, name in found(bare(text), BASH) + found(bare(text), TOOLS):
            print(f"{path}:{line}: {name}")
            count += 1
    sys.exit(count > 0)


if __name__ == "__main__":
    main()
