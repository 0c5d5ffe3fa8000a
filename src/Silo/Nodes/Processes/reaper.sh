#!/bin/sh
# Kills every process that carries $1 in its environment once their silo is gone, which ends the input of this script, or once it has
# given no sign of life for too long: the file $2 holds the time until which it may be trusted, in hundredths of a second of
# /proc/uptime. Without $2 only the end of the input counts. What it kills is started only while $2 has its name.
trap '' HUP INT QUIT TERM PIPE TSTP TTIN TTOU

# It looks until it has found nobody twice in a row: a process that changes its program has no environment for a moment. Then this
# script ends with all its own helpers, which are alone in its process group.
strike() {
  looks=0
  while [ "$looks" -lt 2 ]; do
    looks=$((looks + 1))
    # Names in /proc hold no blanks, and a pipe would run the loop in a shell of its own.
    # shellcheck disable=SC2013
    for file in $(grep -lsF -e "$1" /proc/[0-9]*/environ); do
      looks=0
      file=${file%/environ}
      kill -KILL "${file#/proc/}"
    done
    sleep 0.02 || sleep 1
  done
  kill -KILL 0
}

# How much trust is left, in hundredths of a second.
read_trust() {
  read -r trusted _ </proc/self/fd/3 && read -r now _ </proc/uptime && left=$((trusted - ${now%.*} * 100 - 1${now#*.} + 100))
}

# Sleeps as long as there is trust. The line it writes tells the silo, before anybody dies, whose doing the deaths are.
watch() {
  trap 'kill -KILL $$' EXIT
  while kill -0 $$ && read_trust; do
    if [ "$left" -gt 0 ]; then
      sleep "$((left / 100)).$((left % 100 / 10))$((left % 10))"
    elif read_trust && [ "$left" -le 0 ]; then
      echo struck >&4
      rm -f "$2"
      strike "$1"
    fi
  done
}

if [ -n "${2:-}" ]; then
  # Reading and writing one file is the point of it.
  # shellcheck disable=SC2094
  exec 3<"$2" 4>>"$2"
  watch "$1" "$2" &
fi
while read -r _; do :; done
[ -z "${2:-}" ] || rm -f "$2"
strike "$1"
