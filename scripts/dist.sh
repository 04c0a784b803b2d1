#!/bin/sh
# Packs the release build: dist/sluice-VERSION-SYSTEM-MACHINE.tar.gz with the binary, its documents and examples.
set -eu
cd "$(dirname "$0")/.."

binary=.build/release/sluice
[ -x "$binary" ] || { echo "dist: no release build; run make release" >&2; exit 3; }
version=$("$binary" --version | sed 's/^sluice //')
name="sluice-$version-$(uname -s | tr 'A-Z' 'a-z')-$(uname -m)"

mkdir -p dist
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/$name"
cp "$binary" "$folder/$name/sluice"
strip "$folder/$name/sluice" 2>/dev/null || true
cp README.md CHANGELOG.md "$folder/$name/"
cp -R examples docs "$folder/$name/"
for file in LICENSE LICENSE.md LICENSE.txt; do
  if [ -e "$file" ]; then cp "$file" "$folder/$name/"; fi
done

tar -C "$folder" --owner=0 --group=0 -czf "dist/$name.tar.gz" "$name"
(cd dist && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo "dist/$name.tar.gz"
