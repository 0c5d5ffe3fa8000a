#!/bin/sh
# One try of a generated job. Arguments: folder of the ledgers, path of the node, seconds, how many tries fail (-1: all), lines of
# log, the answer to leave (-: none). What it did stands in the ledger of its execution, one line per write:
#   <execution> <node> <attempt> start|end|fail <ns> <pid> <silo>
#   <execution> <node> <attempt> beside <ns> <pid> <silo> <other attempt> <its pid> <its silo>
set -eu
node=$2 seconds=$3 failures=$4 lines=$5 answer=$6
execution=${SCHEDULER_ATTEMPT%%.*}
attempt=${SCHEDULER_ATTEMPT##*.}
ledger=$1/$execution

say() { printf '%s %s %s %s %s %s %s\n' "$execution" "$node" "$attempt" "$1" "$(date +%s%N)" "$$" "$SCHEDULER_SILO$2" >> "$ledger"; }

say start ""
# Another try of this node that still runs is seen by its process, and not by a clock.
grep "^$execution $node [0-9]* start " "$ledger" | while read -r _ _ other _ _ pid silo; do
  [ "$pid" = "$$" ] && continue
  if grep -qsF "SCHEDULER_ATTEMPT=${SCHEDULER_ATTEMPT%.*}.$other" "/proc/$pid/environ"; then say beside " $other $pid $silo"; fi
done

failed=$(grep -c "^$execution $node [0-9]* fail " "$ledger" || true)
line=1
while [ "$line" -lt "$lines" ]; do
  echo "line $line of $lines"
  line=$((line + 1))
done
sleep "$seconds"
echo "line $lines of $lines"

if [ "$failures" -lt 0 ] || [ "$failed" -lt "$failures" ]; then
  say fail ""
  exit 1
fi
if [ "$answer" != - ]; then echo "{\"answer\": \"$answer\"}" > "$JOB_OUTPUT_PROP_FILE"; fi
say end ""
