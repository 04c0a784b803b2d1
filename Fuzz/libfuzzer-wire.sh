#!/bin/sh
# Builds the codec's properties with libFuzzer and runs them: ./libfuzzer-wire.sh [libFuzzer's options and folders]
# Found inputs are written to the current folder; move them to Cases/ with a name that says what was wrong.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build="${SLUICE_FUZZ_BUILD:-$here/.build/libfuzzer}"
mkdir -p "$build"

# Module by module, so that the codec itself is instrumented too.
compile() {
  name=$1
  shift
  swiftc -O -swift-version 6 -whole-module-optimization -sanitize=fuzzer -parse-as-library -I "$build" \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility \
    -module-name "$name" -emit-module -emit-module-path "$build/$name.swiftmodule" -c "$@" -o "$build/$name.o"
}

compile SluiceWire "$here"/../Sources/SluiceWire/*.swift
compile WireProperties "$here"/Sources/WireProperties/*.swift
compile WireFuzzTarget "$here"/LibFuzzer/*.swift
swiftc -sanitize=fuzzer "$build/SluiceWire.o" "$build/WireProperties.o" "$build/WireFuzzTarget.o" -o "$build/libfuzzer-wire"
exec "$build/libfuzzer-wire" "$@"
