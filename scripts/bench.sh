#!/bin/sh
# Installs what the benchmark needs where that is possible, then runs it. Arguments go to Benchmarks/bench.py (--help).
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

missing=''
for pair in nginx:nginx haproxy:haproxy caddy:caddy wrk:wrk node:nodejs python3:python3 taskset:util-linux \
  nghttpx:nghttp2-proxy h2load:nghttp2-client nghttp:nghttp2-client openssl:openssl; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done

install_missing() {
  # The packages would start their services, which would take CPU time and ports from the measurement.
  policy=/usr/sbin/policy-rc.d
  if [ -e "$policy" ]; then
    policy=''
  else
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 0755 "$policy"
    trap 'rm -f "$policy"' EXIT INT TERM
  fi
  apt-get update -q
  # shellcheck disable=SC2086 # a list of names
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
  if [ -n "$policy" ]; then
    rm -f "$policy"
    trap - EXIT INT TERM
  fi
}

if [ -n "$missing" ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    install_missing
  else
    echo "bench: please install:$missing (on Debian: sudo apt-get install$missing)" >&2
    exit 3
  fi
fi

exec python3 "$root/Benchmarks/bench.py" "$@"
