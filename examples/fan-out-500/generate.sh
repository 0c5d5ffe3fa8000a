#!/usr/bin/env bash
# Prints the workflow of this example; fan-out.flow is its output.
set -euo pipefail
count=${1:-500}

echo "# Written by generate.sh."
echo "nodes:"
echo "  - { name: start, type: noop }"
for part in $(seq -f '%03.0f' "$count"); do
  echo "  - { name: part-$part, type: command, dependsOn: [start], config: { command: echo part $part of $count } }"
done
echo "  - name: join"
echo "    type: noop"
echo "    dependsOn:"
seq -f '      - part-%03.0f' "$count"
