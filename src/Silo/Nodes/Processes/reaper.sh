#!/bin/sh
# Waits until nobody holds the other end of its input any more, then kills every process that carries $1 in its environment.
# It looks until it has found nobody twice in a row: a process that changes its program has no environment for a moment.
trap '' HUP INT QUIT TERM PIPE TSTP TTIN TTOU
while read -r _; do :; done
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
