#!/bin/sh
# Builds and runs every fuzzer of the package in Fuzz/, one after the other.
#
# Usage: fuzz.sh [--seconds N]      N for each fuzzer, 60 where it is not given
set -eu
cd "$(dirname "$0")/.."

seconds=60
case "${1-}" in
  '') ;;
  --seconds) seconds=${2:?fuzz: --seconds takes a number} ;;
  *) sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

swift build --package-path Fuzz -c release
ran=0
for folder in Fuzz/Sources/fuzz-*/; do
  fuzzer=$(basename "$folder")
  [ -x "Fuzz/.build/release/$fuzzer" ] || continue
  echo "fuzz: $fuzzer for $seconds s"
  "Fuzz/.build/release/$fuzzer" --seconds "$seconds"
  ran=$((ran + 1))
done
[ "$ran" -gt 0 ] || { echo 'fuzz: no fuzzer was built' >&2; exit 3; }
echo "fuzz: $ran fuzzers found nothing"
