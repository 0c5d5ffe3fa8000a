#!/bin/sh
# Stands for a server that needs a moment. Arguments: the number of this attempt, and the first that may succeed.
if [ "$1" -lt "$2" ]; then
  echo "attempt $1: the server is not ready"
  exit 1
fi
echo "attempt $1: downloaded"
