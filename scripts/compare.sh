#!/usr/bin/env bash
# Starts the lab with nginx, HAProxy, Caddy and Sluice in front of it, scores all four and writes docs/COMPARISON.md.
#
# Usage: compare.sh [FILE]      another file than docs/COMPARISON.md
# Environment: SLUICE_BIN, a build of sluice in another place than .build/release/sluice
#              COMPARE_PORT, the first of 204 free ports (9500): the lab's, then those of the gateways from the 201st on
# Exit codes: 0 written, 2 usage, 3 a program is missing or does not start.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[[ $# -le 1 ]] || { sed -n '4s/^# //p' "$0" >&2; exit 2; }
target=${1:-$root/docs/COMPARISON.md}
binary=${SLUICE_BIN:-$root/.build/release/sluice}
port=${COMPARE_PORT:-9500}
timeout=2
gateways=(nginx haproxy caddy sluice)

fail() {
  echo "compare: $1" >&2
  exit 3
}

[[ -x $binary ]] || fail "$binary is not there; make release builds it"
for program in nginx haproxy caddy; do
  command -v "$program" >/dev/null || fail "$program is not installed; scripts/setup.sh --bench does it"
done

folder=$(mktemp -d)
pids=()
finish() {
  [[ ${#pids[@]} -eq 0 ]] || kill "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

# Nobody is the superuser here: permissions would hold for none of them otherwise.
as=()
if [[ $(id -u) -eq 0 ]]; then as=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
chmod 0755 "$folder"
install -m 0755 "$binary" "$folder/sluice-program"
sluice=$folder/sluice-program
mkdir "$folder/lab" && mkdir "${gateways[@]/#/$folder/}"
[[ ${#as[@]} -eq 0 ]] || chown -R 65534:65534 "$folder"

# await PORT NAME: until somebody listens there.
await() {
  for _ in {1..100}; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return; fi
    sleep 0.1
  done
  cat "$folder/$2/log" >&2
  fail "$2 does not listen on port $1"
}

# begin NAME COMMAND…: in a folder of its own, its words in a file.
begin() {
  local name=$1
  shift
  (cd "$folder/$name" && exec env HOME="$PWD" XDG_DATA_HOME="$PWD" XDG_CONFIG_HOME="$PWD" XDG_STATE_HOME="$PWD" \
    TMPDIR="$folder/lab" "${as[@]}" "$@" >log 2>&1) &
  pids+=($!)
}

places=(--sockets "$folder/lab/sockets")
begin lab "$sluice" lab --port "$port" --ports-from $((port + 1)) "${places[@]}"
await "$port" lab

score=("$sluice" lab score --markdown)
for index in "${!gateways[@]}"; do
  name=${gateways[$index]}
  listen=127.0.0.1:$((port + 200 + index))
  case $name in
    nginx) file=nginx.conf check=(nginx -t -p "$folder/nginx" -c) run=(nginx -p "$folder/nginx" -c) ;;
    haproxy) file=haproxy.cfg check=(haproxy -c -f) run=(haproxy -db -f) ;;
    caddy) file=Caddyfile check=(caddy validate --adapter caddyfile --config) run=(caddy run --adapter caddyfile --config) ;;
    sluice) file=sluice.yaml check=("$sluice" check --config) run=("$sluice" run --config) ;;
  esac
  file=$folder/$name/$file
  "$sluice" lab config "$name" --listen "$listen" --timeout "$timeout" --lab-port "$port" \
    --lab-ports-from $((port + 1)) "${places[@]}" >"$file"
  (cd "$folder/$name" && env HOME="$PWD" "${as[@]}" "${check[@]}" "$file" >check 2>&1) ||
    { cat "$folder/$name/check" >&2; fail "$name does not accept its configuration"; }
  # One that crashes is started again, as any service manager would: only what crashed it is then to its account.
  begin "$name" bash -c 'trap "kill \$! 2>/dev/null; exit" TERM
    while "$@" & wait $!; [[ $? -gt 128 ]]; do echo crashed >>crashes; done' _ "${run[@]}" "$file"
  await $((port + 200 + index)) "$name"
  score+=(--gateway "http://$listen" --name "$name")
done

status=0
"${score[@]}" >"$folder/tables" || status=$?
# 1 says that something is wrong somewhere: that is what the tables tell.
[[ $status -le 1 ]] || fail 'the score could not be made'

# crashes NAME: what is said of a gateway that had to be started again.
crashes() {
  if [[ -f $folder/$1/crashes ]]; then echo ", crashed $(wc -l <"$folder/$1/crashes") times in this run"; fi
}

first() { "$@" 2>&1 | sed -n '1p'; }
cat >"$folder/document" <<END
# Comparison

What four gateways make of the failures of [the lab](TESTING.md#the-lab). Written by \`make compare\`; whoever doubts a
line can run it again, or try one scenario by hand (\`sluice lab\`, \`sluice lab config\`, \`curl\`).

Run on $(date -u +%Y-%m-%d), $(uname -sm), $(nproc) cores, nobody as the superuser; Sluice from this tree, the others as
the distribution packs them:

- nginx: $(first nginx -v | sed 's/^nginx version: nginx\///')$(crashes nginx)
- haproxy: $(first haproxy -v | sed 's/^HAProxy version \([^ ]*\).*/\1/')$(crashes haproxy)
- caddy: $(first caddy version)$(crashes caddy)
- sluice: $(first "$sluice" --version | sed 's/^sluice //')$(crashes sluice)

## How to read it

Each gateway gets the configuration that \`sluice lab config\` writes: its own recommended settings for a reverse proxy,
and the same three timeouts for all, $timeout s each (connecting, the response's head, silence in a body). These are much shorter
than anybody would set them in production, and only there to keep the run short. Every scenario has a route and an upstream of its own, so that none can disturb another. The client is a raw socket that
sees each byte and how the connection ended.

- **status**: the status is the one of the cause, or the response was cut where it can only be cut. Where HTTP leaves a
  choice, each of the choices is right.
- **error type**: \`error\` of \`Proxy-Status\` (RFC 9209). Of these four only Sluice sends the field, so the others have
  nothing in this row; it says that a client cannot learn more than the status, not that the status is wrong.
- **cause** and **owner**: the finer name in \`details\`, and who has to act on it. Names of Sluice's own; the same remark.
- **leaks**: responses that are not HTTP, or carry bytes that are no part of a response, or are cut and look whole.
- **silent**: the client was left without a final response.

This list was made by the authors of Sluice, who then wrote the gateway to fit it, and Sluice is tested with it at each
change. Its full column is therefore no surprise and says little by itself. What the tables are good for is to see
what a client gets in each case. The catalogue is strict on purpose, and some of its lines are matters of opinion:

- That a refused connection is 502 follows the recommendation of RFC 9209. HAProxy answers 503, which is as clear to a
  client.
- A reader that takes LF for CRLF, or a status line with two spaces, is tolerant, not broken; where nothing but the
  intended body arrives it counts as a wrong status and not as a leak.
- HAProxy closes without a response where a reused connection failed, so that the client may try again (RFC 9110 section
  9.2.2). Browsers do that; other programs may report an error.
- Limits on the size of a response's head are a choice: who has a larger one passes what others refuse.
- Where a gateway does not speak what an origin does it is not judged: this nginx has no HTTP/2 towards its upstreams.
- A gateway that crashes is started again, and every request that it had at that moment is lost with it.
- Newer versions of each of these programs may behave otherwise than those that a distribution packs.

## Totals

END
sed '/^$/q' "$folder/tables" >>"$folder/document"
cat >>"$folder/document" <<'END'
## Scenarios

What each answered. **Bold** is not what was expected in the status, or a leak, or silence; `cut` is a response that ended
visibly before its end, `closed` and `reset` are connections that ended without a final response, `nothing` is a client
that still waited when its patience ended. Names with `request-` are malformed requests, the others are failures of the
origin.

END
sed '1,/^$/d' "$folder/tables" >>"$folder/document"
install -m 0644 "$folder/document" "$target"
echo "compare: wrote ${target#"$root"/}"
