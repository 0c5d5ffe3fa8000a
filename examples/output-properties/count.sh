#!/bin/sh
# Counts the rows of the file named by the first argument, without its header, and hands the number on as an output property.
set -eu
rows=$(($(wc -l < "$1") - 1))
echo "counted $rows rows"
echo "{\"rows\": $rows, \"source\": \"$1\"}" > "$JOB_OUTPUT_PROP_FILE"
