#!/bin/sh
# Mixed load with reloads through the gateway. Arguments go to Benchmarks/soak.py (--help).
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
if ! command -v python3 >/dev/null 2>&1; then
  echo 'soak: please install python3' >&2
  exit 3
fi
exec python3 "$root/Benchmarks/soak.py" "$@"
