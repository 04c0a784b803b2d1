#!/bin/bash
# Counts the user instructions of one small GET over keep-alive on both sides, for Sluice and in the same way for nginx
# and HAProxy: callgrind counts while wrk asks a fixed number of times, one origin (nginx) behind each proxy in turn.
# The least of three rounds counts: on a busy machine connections rest between requests, and looking whether one still
# lives costs instructions of its own.
#
# Usage: count-instructions.sh [--requests N] [--new-connections] [--keep FOLDER] [--binary FILE] [PROXY...]
#   --requests N        how many requests are counted; default 2000
#   --new-connections   a connection for each request
#   --keep FOLDER       keeps callgrind's files there, for callgrind_annotate
#   --binary FILE       counts this build of Sluice; default .build/release/sluice
#   PROXY               some of: sluice nginx haproxy; default all
# Exit codes: 0 counted, 1 a proxy or a request failed, 2 usage, 3 something is missing that could not be installed.
set -euo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
requests=2000
connection=keep-alive
keep=''
binary=$root/.build/release/sluice
proxies=''
# The same for all; each proxy has room for all of them in its pool.
clients=16
rounds=3
# Seconds for a round. A proxy under valgrind is some 50 times slower than alone.
bound=120

usage() {
  sed -n '6,12s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case "$1" in
    --requests) requests=${2:?} && shift ;;
    --new-connections) connection=close ;;
    --keep) keep=${2:?} && shift ;;
    --binary) binary=$(realpath -- "${2:?}") && shift ;;
    sluice | nginx | haproxy) proxies="$proxies $1" ;;
    *) usage ;;
  esac
  shift
done
case "$requests" in '' | *[!0-9]* | 0) usage ;; esac

"$root/scripts/setup.sh" --count
[ -x "$binary" ] || { echo "count: $binary is missing; make release builds it" >&2 && exit 1; }

folder=$(mktemp -d)
origin=''
proxy=''

# end PID: what we started, and only that. nginx does not end by itself under valgrind while it waits.
end() {
  [ -n "$1" ] || return 0
  kill -TERM "$1" 2>/dev/null || return 0
  timeout 5 tail --pid="$1" -f /dev/null || kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

clean_up() {
  end "$proxy"
  end "$origin"
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_for PORT PID
wait_for() {
  for _ in $(seq 300); do
    curl -sf -o "$folder/answer" "http://127.0.0.1:$1/small" && return
    kill -0 "$2" 2>/dev/null || break
    sleep 0.1
  done
  cat "$folder"/*.log >&2
  echo "count: nothing answers on port $1" >&2
  exit 1
}

# nginx_configuration PORT, with the statements of its server from standard input: one process, no log.
nginx_configuration() {
  echo "$([ "$(id -u)" -ne 0 ] || echo 'user root;') daemon off; master_process off; pid $folder/$1.pid;"
  echo "error_log $folder/$1.log warn; events { worker_connections 1024; }"
  echo 'http { access_log off; server_tokens off; keepalive_requests 1000000000;'
  for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $folder/$1.$kind;"; done
  echo "server { listen 127.0.0.1:$1;"
  cat
  echo '}'
}

start_origin() {
  origin_port=$(free_port)
  {
    nginx_configuration "$origin_port" <<<'location = /small { default_type text/plain; return 200 "Hello, world\n"; }'
    echo '}'
  } >"$folder/origin.conf"
  nginx -c "$folder/origin.conf" -p "$folder" 2>"$folder/origin.log" &
  origin=$!
  wait_for "$origin_port" "$origin"
}

# command_of PROXY PORT: fills `command`. The settings are those of the benchmark (Benchmarks/harness/proxies.py).
command_of() {
  case "$1" in
    sluice)
      # Callgrind does not read Swift's debug information; names of functions stay.
      strip --strip-debug -o "$folder/sluice" "$binary"
      command=("$folder/sluice" run --listen "127.0.0.1:$2" --to "http://127.0.0.1:$origin_port" --workers 1)
      ;;
    nginx)
      {
        nginx_configuration "$2" <<<'location / { proxy_pass http://origin; proxy_http_version 1.1;
          proxy_set_header Connection ""; proxy_set_header Host $host; proxy_request_buffering off;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme; }'
        echo "upstream origin { server 127.0.0.1:$origin_port; keepalive 256; keepalive_requests 1000000000; }"
        echo '}'
      } >"$folder/nginx.conf"
      command=(nginx -c "$folder/nginx.conf" -p "$folder")
      ;;
    haproxy)
      cat >"$folder/haproxy.cfg" <<CONFIGURATION
global
  nbthread 1
  maxconn 1000
defaults
  mode http
  option http-keep-alive
  option forwardfor
  option redispatch 1
  http-reuse always
  timeout connect 2s
  timeout client 60s
  timeout server 60s
frontend main
  bind 127.0.0.1:$2
  http-request set-header X-Forwarded-Proto http
  default_backend origin
backend origin
  server endpoint 127.0.0.1:$origin_port
CONFIGURATION
      command=(haproxy -db -f "$folder/haproxy.cfg")
      ;;
  esac
}

# load PORT COUNT: wrk ends itself at the count. Every answer must be a 200.
load() {
  cat >"$folder/load.lua" <<SCRIPT
local left = $2
wrk.headers["Connection"] = "$connection"
response = function(status)
  if status ~= 200 then os.exit(1) end
  left = left - 1
  if left == 0 then os.exit(0) end
end
SCRIPT
  # At its own end wrk would say how many were answered, so that end is a failure.
  if ! timeout $((bound + 10)) wrk -t1 -c$clients -d${bound}s --timeout ${bound}s -s "$folder/load.lua" \
    "http://127.0.0.1:$1/small" >"$folder/wrk.txt" || grep -q 'requests in' "$folder/wrk.txt"; then
    cat "$folder/wrk.txt" >&2
    echo "count: $2 requests were not answered with 200 within $bound s" >&2
    exit 1
  fi
}

# count PROXY
count() {
  local port out=$folder/$1.callgrind
  port=$(free_port)
  command_of "$1" "$port"
  XDG_STATE_HOME=$folder valgrind --tool=callgrind --instr-atstart=no --callgrind-out-file="$out" \
    "${command[@]}" >"$folder/$1.out.log" 2>"$folder/$1.valgrind.log" &
  proxy=$!
  wait_for "$port" "$proxy"
  # Pools, storage and connections are there before anything is counted.
  load "$port" 500
  callgrind_control --instr=on "$proxy" >>"$folder/control.log" 2>&1
  local round total least=0
  for round in $(seq $rounds); do
    callgrind_control --zero "$proxy" >>"$folder/control.log" 2>&1
    load "$port" "$requests"
    callgrind_control --dump "$proxy" >>"$folder/control.log" 2>&1
    total=$(sed -n 's/^\(summary\|totals\): \([0-9]*\).*/\2/p' "$out.$round" | tail -1)
    [ "${total:-0}" -gt 0 ] || { echo "count: callgrind counted nothing for $1" >&2 && exit 1; }
    if [ "$least" -eq 0 ] || [ "$total" -lt "$least" ]; then
      least=$total
      [ -z "$keep" ] || cp "$out.$round" "$keep/$1.callgrind"
    fi
  done
  end "$proxy"
  proxy=''
  printf '%-8s %8d\n' "$1" $((least / requests))
}

[ -z "$keep" ] || mkdir -p "$keep"
start_origin
echo "instructions for each of $requests requests, connection: $connection, $clients clients"
for name in ${proxies:-sluice nginx haproxy}; do count "$name"; done
