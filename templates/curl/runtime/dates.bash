# SPDX-License-Identifier: 0BSD
# shellcheck shell=bash
#
# Moments in seconds since 1970: `date -d` is not everywhere, and `printf '%(...)T'` is newer than 3.2.

# YEAR MONTH DAY HOUR MINUTE SECOND -> seconds since 1970; `date -d` is not everywhere.
_portolan_epoch() {
  local year=$((10#$1)) month=$((10#$2)) day=$((10#$3)) era days
  ((month > 2)) || year=$((year - 1)) month=$((month + 12))
  era=$((year / 100))
  days=$((365 * year + year / 4 - era + era / 4 + (153 * (month - 3) + 2) / 5 + day - 1 - 719468))
  REPLY=$((days * 86400 + 10#$4 * 3600 + 10#$5 * 60 + 10#$6))
}

# HTTP-DATE (RFC 9110, 5.6.7, the preferred form) -> seconds from now; fails when it is no such date.
_portolan_seconds_until() {
  local pattern='^[A-Za-z]+, ([0-9]{2}) ([A-Za-z]{3}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$'
  local months=JanFebMarAprMayJunJulAugSepOctNovDec before date now
  [[ $1 =~ $pattern ]] || return 1
  before=${months%%"${BASH_REMATCH[2]}"*}
  ((${#before} < 36)) || return 1
  _portolan_epoch "${BASH_REMATCH[3]}" "$((${#before} / 3 + 1))" "${BASH_REMATCH[1]}" \
    "${BASH_REMATCH[4]}" "${BASH_REMATCH[5]}" "${BASH_REMATCH[6]}"
  date=$REPLY
  _portolan_now
  now=$REPLY
  REPLY=$((date > now ? date - now : 0))
}

# -> the seconds since 1970.
_portolan_now() {
  # shellcheck disable=SC2046 # six numbers, six words
  _portolan_epoch $(command date -u '+%Y %m %d %H %M %S')
}
