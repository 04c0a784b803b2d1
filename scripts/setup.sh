#!/bin/sh
# Finds what is missing and installs it: as root through apt, else it says what to install. Python's packages for tests
# go into a folder of the user's cache.
#
# Usage: setup.sh [--build] [--test] [--bench] [--count] [--dist] [--package]      without an option: --build
# Exit codes: 0 all is there, 2 usage, 3 something is missing that could not be installed.
set -eu

# Where the programs of servers lie, which is not in everybody's path.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
swift_min=6.3
missing=''
packages_wanted=''
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# Python's packages for tests, outside of the build folder so that a new clone finds them.
python_home="${XDG_CACHE_HOME:-$HOME/.cache}/sluice/test-python"

usage() {
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

# need COMMAND PACKAGE
need() {
  command -v "$1" >/dev/null 2>&1 && return
  case " $missing " in *" $2 "*) ;; *) missing="$missing $2" ;; esac
}

build_needs() {
  if ! command -v swift >/dev/null 2>&1; then
    echo "setup: no Swift toolchain found. Install Swift $swift_min or newer: https://www.swift.org/install" >&2
    exit 3
  fi
  need pkg-config pkg-config
  need git git
  # The libraries of the resolver and the store: without pkg-config their headers tell.
  if command -v pkg-config >/dev/null 2>&1; then
    pkg-config --exists libcares || missing="$missing libc-ares-dev"
    pkg-config --exists sqlite3 || missing="$missing libsqlite3-dev"
  else
    [ -e /usr/include/ares.h ] || missing="$missing libc-ares-dev"
    [ -e /usr/include/sqlite3.h ] || missing="$missing libsqlite3-dev"
  fi
}

test_needs() {
  need python3 python3
  need curl curl
  # An application in another language, which the tests kill and restart behind the gateway.
  need node nodejs
  need prlimit util-linux
  # Routes and network namespaces of tests that need root.
  need ip iproute2
  # The tests of the benchmark make a certificate.
  need openssl openssl
  # Clients that others wrote: HTTP/2 under load, and Java's own.
  need h2load nghttp2-client
  need nghttpd nghttp2-server
  need javac default-jdk-headless
  # Proxies whose logs are read.
  need nginx nginx
  need haproxy haproxy
  need apache2 apache2-bin
  need caddy caddy
  # Reads the metrics, and checks them and the alert rules.
  need prometheus prometheus
  need promtool prometheus
  # The browser in which pages are looked at.
  need chromium chromium
  python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
  packages_wanted=1
}

# What is in Tests/Applications/requirements.txt, and nothing else.
install_packages() {
  wanted="$root/Tests/Applications/requirements.txt"
  cmp -s "$wanted" "$python_home/requirements.txt" && return
  echo "setup: installing the Python packages of the tests into $python_home"
  rm -rf "$python_home"
  python3 -m venv "$python_home"
  "$python_home/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" || {
    echo "setup: could not install the packages that $wanted names" >&2
    exit 3
  }
  cp "$wanted" "$python_home/requirements.txt"
}

bench_needs() {
  need nginx nginx
  # The package of HAProxy holds halog, too.
  need haproxy haproxy
  need goaccess goaccess
  need caddy caddy
  need nghttpx nghttp2-proxy
  need h2load nghttp2-client
  need openssl openssl
  need wrk wrk
  need node nodejs
  need python3 python3
  need taskset util-linux
}

dist_needs() {
  need python3 python3
  need strip binutils
  need dpkg-shlibdeps dpkg-dev
}

package_needs() {
  need debootstrap debootstrap
  need unshare util-linux
  need curl curl
}

count_needs() {
  need valgrind valgrind
  need strip binutils
  need nginx nginx
  need haproxy haproxy
  need wrk wrk
  need python3 python3
  need curl curl
}

# Packages of servers start them when they are installed. Ours are started by tests and benchmarks, on ports of their
# own, so nothing else may start: `policy-rc.d` answers 101, "not allowed", as long as this runs.
install_missing() {
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 0755 "$policy"
  fi
  echo "setup: installing$missing"
  apt-get update -q
  # shellcheck disable=SC2086 # a list of names
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}

[ $# -gt 0 ] || set -- --build
for option in "$@"; do
  case "$option" in
    --build) build_needs ;;
    --test) test_needs ;;
    --bench) bench_needs ;;
    --count) count_needs ;;
    --dist) dist_needs ;;
    --package) package_needs ;;
    *) usage ;;
  esac
done

if [ -n "$missing" ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    install_missing
  else
    echo "setup: something is missing. Install it with this line, then try again:" >&2
    echo "  sudo apt-get update && sudo apt-get install --no-install-recommends$missing" >&2
    exit 3
  fi
fi
[ -z "$packages_wanted" ] || install_packages
