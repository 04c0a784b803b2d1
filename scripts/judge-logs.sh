#!/usr/bin/env bash
# Labels logs of the system's proxies (label-logs.sh), compares what `sluice logs` finds in them with the truth, and
# writes docs/LOGS-ACCURACY.md.
#
# Usage: judge-logs.sh [FILE]      another file than docs/LOGS-ACCURACY.md
# Environment: SLUICE_BIN, a build of sluice in another place than .build/release/sluice
#              LABELS, a folder that label-logs.sh made, instead of a new one
# Exit codes: 0 written and good enough, 1 written and not, 2 usage, 3 a program is missing or does not start.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[[ $# -le 1 ]] || { sed -n '5s/^# //p' "$0" >&2; exit 2; }
target=${1:-$root/docs/LOGS-ACCURACY.md}
export SLUICE_BIN=${SLUICE_BIN:-$root/.build/release/sluice}
export PYTHONDONTWRITEBYTECODE=1
[[ -x $SLUICE_BIN ]] || { echo "judge-logs: $SLUICE_BIN is not there; make release builds it" >&2; exit 3; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
labels=${LABELS:-$work/labels}
[[ -n ${LABELS:-} ]] || "$root/scripts/label-logs.sh" "$labels"

judge=(python3 "$root/Tests/Applications/Logs/judge.py" --sluice "$SLUICE_BIN" --wrong --markdown "$labels")
status=0
"${judge[@]}" >"$work/tables" || status=$?
[[ $status -le 1 ]] || exit 3

versions() {
  python3 -c 'import json, sys
for name, version in sorted(set(json.load(open(sys.argv[1])).items())): print(f"- {name}: {version}")' "$labels/versions.json"
}

cat >"$work/document" <<END
# How often \`sluice logs\` is right

What [\`sluice logs\`](LOGS.md) finds in the logs of real proxies, compared with what had really happened. Written by
\`scripts/judge-logs.sh\`; who doubts a number can run it again, or look at the lines themselves (\`scripts/label-logs.sh FOLDER\`).

Run on $(date -u +%Y-%m-%d), $(uname -sm), $(nproc) cores, nobody as the superuser; Sluice from this tree, the others as
the distribution packs them:

$(versions)

## How it is made

Each proxy stands before [the lab](TESTING.md#the-lab), with a configuration that \`sluice lab config --logs\` writes. Every scenario of the
lab that the proxy can reach is asked for once, with a marker in its query and its Referer, and the lab's catalogue is the truth. The forms
of logs are those that operators have: nginx with its error log at \`info\`, an access log with the times of upstreams and the combined
one; \`nginx-json\` with its error log at \`warn\` and an access log in JSON; HAProxy with \`option httplog\` through syslog; \`haproxy-errors\`
with \`bc_err\` behind it; httpd as it comes, and at level \`info\`; Caddy's JSON, and at level \`DEBUG\`.

## Requests

- **right**: the cause is the true one, or one that is as true. Also right is a line that the product writes for several
  causes, where the true one is among those that are named and the line is not called certain.
- **by name**: of these, how many named a true cause first. The rest is what the product's own words leave open.
- **strict share**: without one concession. \`tls_handshake_failed\` counts as right for an expired certificate, a refused version and
  whatever else fails a handshake, since it is true of them; the strict share counts only lines that name the very cause. HAProxy's
  \`httplog\` and httpd's default level do not tell these apart, so there it is lower.
- **not told**: the log shows a failure, and no cause was named.
- **certain and wrong**: must be 0.
- **not logged**: something was wrong and the proxy logged nothing of it, mostly because it took the response for good. **refused**:
  the origin was well, and the proxy took what HTTP allows for a failure. **left**: the client's patience ended first. **well**:
  nothing was wrong, and nothing was found. None of these counts; a failure found where all was well is wrong.

What the numbers do not say: the table of signatures was corrected with these very scenarios, so they show that it holds them, and not
how it does with lines that nobody has seen yet. Each scenario counts once, however rare it is outside. A line with many alternatives
is right easily; how much a log tells by itself is in **by name**.

END
# The tables are two: requests, and stories.
sed '/^$/,$d' "$work/tables" >>"$work/document"
cat >>"$work/document" <<'END'

## Stories

A shop with two endpoints behind each proxy, with health checks and ejection as its documentation has them, under load:
both endpoints are killed and come back (`killed`), one is restarted after the other (`rolling`), idle connections end under
requests (`stale`), nothing is answered for a while (`stalled`). Right is a story whose weightiest problem has the true root,
and where no consequence, such as `all_unhealthy`, passes for one; not told apart is one whose verdict is no more than possible, and a
true root stands beside it as possible. Where a log shows no more than what was observed (`connect_refused` for a killed endpoint), naming
that counts as the root.

END
sed '1,/^$/d' "$work/tables" >>"$work/document"
install -m 0644 "$work/document" "$target"
echo "judge-logs: wrote ${target#"$root"/}"
exit "$status"
