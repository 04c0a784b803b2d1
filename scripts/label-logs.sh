#!/usr/bin/env bash
# Puts the system's nginx, HAProxy, Apache httpd and Caddy before the lab's failing origin, and keeps what they log
# beside the truth about each request: FOLDER/PROXY/logs, FOLDER/PROXY/labels.jsonl.
#
# Usage: label-logs.sh FOLDER [PROXY...]     without names: all that are installed
# Environment: SLUICE_BIN, a build of sluice in another place than .build/release/sluice
# Exit codes: 0 made, 2 usage, 3 a program is missing or does not start.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[[ $# -ge 1 && $1 != -* ]] || { sed -n '5s/^# //p' "$0" >&2; exit 2; }
folder=$1
shift
binary=${SLUICE_BIN:-$root/.build/release/sluice}
[[ -x $binary ]] || { echo "label-logs: $binary is not there; make release builds it" >&2; exit 3; }
mkdir -p "$folder"
PYTHONDONTWRITEBYTECODE=1 exec python3 "$root/Tests/Applications/Logs/label.py" --sluice "$binary" --folder "$folder" "$@"
