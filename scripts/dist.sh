#!/bin/sh
# Packs the release build below dist/: an archive (binary, manual, completions, documents, examples, unit) and, where
# dpkg-deb is there, a Debian package. What can be linked in is: beside libc only libm and libgcc_s are wanted.
#
# Environment: SLUICE_BIN, a build of sluice to pack as it is, instead of a new one
# Exit codes: 0 packed, 3 something is missing or could not be built.
set -eu
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Where the linker finds the archives of libraries before it finds the shared ones. The build takes the folders of
# libraries from pkg-config, and those stand before any that an option of the linker names.
static_libraries() {
  mkdir -p "$folder/static" "$folder/pkgconfig"
  for name in libcares zlib sqlite3; do
    if path=$(pkg-config --variable=pcfiledir "$name"); then
      sed "s#^libdir=.*#libdir=$folder/static#" "$path/$name.pc" >"$folder/pkgconfig/$name.pc"
    else
      echo "dist: pkg-config does not know $name; the shared library will be wanted at run time" >&2
    fi
  done
  for name in libcares.a libsqlite3.a libz.a libstdc++.a; do
    path=$(cc -print-file-name="$name")
    case $path in
      /*) ln -s "$path" "$folder/static/$name" ;;
      *) echo "dist: no $name; the shared library will be wanted at run time" >&2 ;;
    esac
  done
}

if [ -z "${SLUICE_BIN:-}" ]; then
  static_libraries
  PKG_CONFIG_PATH="$folder/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}" make --no-print-directory release
  SLUICE_BIN=.build/release/sluice
fi
[ -x "$SLUICE_BIN" ] || { echo "dist: $SLUICE_BIN is not there" >&2; exit 3; }

version=$("$SLUICE_BIN" --version | sed 's/^sluice //')
system=$(uname -s | tr 'A-Z' 'a-z')
name="sluice-$version-$system-$(uname -m)"
root="$folder/root"
documents="$root/usr/share/doc/sluice"

# The tree of the package; the archive has the same.
mkdir -p "$root/usr/bin" "$root/usr/share/man/man1" "$root/etc/sluice" "$root/lib/systemd/system" "$documents" \
  "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" \
  "$root/usr/share/fish/vendor_completions.d"
strip -o "$root/usr/bin/sluice" "$SLUICE_BIN"
python3 scripts/manual.py "$SLUICE_BIN" "$root/usr/share/man/man1"
gzip -9 -n "$root"/usr/share/man/man1/*.1
"$SLUICE_BIN" --generate-completion-script bash >"$root/usr/share/bash-completion/completions/sluice"
"$SLUICE_BIN" --generate-completion-script zsh >"$root/usr/share/zsh/vendor-completions/_sluice"
"$SLUICE_BIN" --generate-completion-script fish >"$root/usr/share/fish/vendor_completions.d/sluice.fish"
install -m 0644 packaging/sluice.yaml "$root/etc/sluice/sluice.yaml"
install -m 0644 packaging/systemd/sluice.service packaging/systemd/sluice.socket "$root/lib/systemd/system/"
cp README.md CHANGELOG.md "$documents/"
cp -R docs/. "$documents/"
cp -R examples monitoring "$documents/"
for file in LICENSE LICENSE.md LICENSE.txt; do
  if [ -e "$file" ]; then cp "$file" "$documents/"; fi
done
chmod -R u=rwX,go=rX "$root"

mkdir -p dist
mkdir -p "$folder/$name"
cp -R "$root/." "$folder/$name/"
tar -C "$folder" --owner=0 --group=0 -czf "dist/$name.tar.gz" "$name"
made="$name.tar.gz"

package() {
  architecture=$(dpkg --print-architecture)
  mkdir -p "$folder/debian" "$root/DEBIAN"
  printf 'Source: sluice\n\nPackage: sluice\nArchitecture: any\n' >"$folder/debian/control"
  depends=$(cd "$folder" && dpkg-shlibdeps -O root/usr/bin/sluice | sed -n 's/^shlibs:Depends=//p')
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@DEPENDS@/$depends/" \
    -e "s/@SIZE@/$(du -sk "$root" | cut -f1)/" packaging/debian/control.in >"$root/DEBIAN/control"
  echo /etc/sluice/sluice.yaml >"$root/DEBIAN/conffiles"
  for script in postinst prerm postrm; do install -m 0755 "packaging/debian/$script" "$root/DEBIAN/$script"; done
  dpkg-deb --root-owner-group -Zxz -z2 --build "$root" "dist/sluice_${version}_$architecture.deb" >&2
  made="$made sluice_${version}_$architecture.deb"
}
if command -v dpkg-deb >/dev/null 2>&1 && command -v dpkg-shlibdeps >/dev/null 2>&1; then
  package
else
  echo "dist: no dpkg-deb and dpkg-shlibdeps (apt-get install dpkg-dev), so no Debian package" >&2
fi

for file in $made; do
  (cd dist && sha256sum "$file" >"$file.sha256")
  echo "dist/$file"
done
