#!/bin/sh
# Pretends to count: the argument is the answer.
set -eu
echo "{\"found\": $1}" > "$JOB_OUTPUT_PROP_FILE"
