#!/bin/sh
# Builds and runs every fuzzer of the package in Fuzz/, one after the other.
#
# Usage: fuzz.sh [--seconds N]      N for each fuzzer, 60 where it is not given
#
# Kept cases in Fuzz/Cases and the recorded messages below $SLUICE_CORPUS are what the wire's fuzzer begins with.
set -eu
cd "$(dirname "$0")/.."

seconds=60
case "${1-}" in
  '') ;;
  --seconds) seconds=${2:?fuzz: --seconds takes a number} ;;
  *) sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

# At most 2,000 names, so that they fit one command line.
starting_points() {
  {
    find Fuzz/Cases -name '*.bin' -print0
    if [ -n "${SLUICE_CORPUS:-}" ]; then find "$SLUICE_CORPUS/http1-bytes" -type f -print0; fi
  } | head -z -n 2000
}

swift build --package-path Fuzz -c release
ran=0
for folder in Fuzz/Sources/fuzz-*/; do
  fuzzer=$(basename "$folder")
  [ -x "Fuzz/.build/release/$fuzzer" ] || continue
  echo "fuzz: $fuzzer for $seconds s"
  case "$fuzzer" in
    fuzz-wire) starting_points | xargs -0 -s 1000000 "Fuzz/.build/release/$fuzzer" --seconds "$seconds" ;;
    *) "Fuzz/.build/release/$fuzzer" --seconds "$seconds" ;;
  esac
  ran=$((ran + 1))
done
[ "$ran" -gt 0 ] || { echo 'fuzz: no fuzzer was built' >&2; exit 3; }
echo "fuzz: $ran fuzzers found nothing"
