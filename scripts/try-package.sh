#!/usr/bin/env bash
# Tries the Debian package on a clean Debian that systemd runs: install, start, reload, socket activation, upgrade,
# remove, purge. All in namespaces that this script makes: without a network, and gone at its end.
#
# Usage: try-package.sh [FILE.deb]      without one: the newest below dist/, which `make dist` makes
# Environment: MIRROR, where packages come from; without it that of this machine. SUITE, without it bookworm
# Exit codes: 0 all is as it should be, 1 something is not, 2 usage, 3 it cannot be tried here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ $# -le 1 ]] || { sed -n '5s/^# //p' "$0" >&2; exit 2; }

cannot() { echo "try-package: $*" >&2; exit 3; }
[[ $(id -u) -eq 0 ]] || cannot 'it needs root, for namespaces and a root folder'
for program in debootstrap unshare nsenter chroot curl; do
  command -v "$program" >/dev/null || cannot "$program is not installed (scripts/setup.sh --package installs it)"
done
package=${1:-$(ls -t dist/*.deb 2>/dev/null | head -n 1)}
[[ -n $package && -f $package ]] || cannot 'there is no package; make dist makes one'
mirror=${MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
  sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' | sed -n 1p || true)}
[[ -n $mirror ]] || cannot 'this machine names no mirror of Debian; set MIRROR'
suite=${SUITE:-bookworm}

work=$(mktemp -d)
root=$work/root
booted=
end() {
  if [[ -n $booted ]] && kill -0 "$booted" 2>/dev/null; then
    kill -KILL "$booted" || true
    wait "$booted" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap end EXIT

step() { echo "== $*"; }
wrong() {
  echo "try-package: $*" >&2
  inside journalctl --no-pager -n 30 -u sluice.service >&2 || true
  exit 1
}
# Asks until the command succeeds, 15 seconds at most.
until_so() {
  local tries
  for ((tries = 0; tries < 75; tries++)); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.2
  done
  return 1
}

step "a clean $suite"
debootstrap --variant=minbase --include=systemd,dbus,adduser,ca-certificates,procps "$suite" "$root" "$mirror" \
  >"$work/debootstrap.log" 2>&1 || { tail -n 5 "$work/debootstrap.log" >&2; cannot 'debootstrap failed'; }
cp "$package" "$root/sluice.deb"
# What it depends on is fetched now: later there is no network.
[[ ! -e /etc/resolv.conf ]] || cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
chroot "$root" apt-get satisfy --yes --quiet --no-install-recommends "$(dpkg-deb --field "$package" Depends)" \
  >"$work/download.log" 2>&1 || { tail -n 5 "$work/download.log" >&2; cannot 'what it depends on cannot be fetched'; }

step 'systemd starts'
cat >"$work/boot" <<'END'
set -eu
root=$1
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
else
  mount -t tmpfs tmpfs "$root/sys/fs/cgroup"
  mkdir "$root/sys/fs/cgroup/systemd" "$root/sys/fs/cgroup/unified"
  mount -t cgroup -o none,name=systemd cgroup "$root/sys/fs/cgroup/systemd"
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup/unified" || true
fi
for folder in run tmp dev; do mount -t tmpfs tmpfs "$root/$folder"; done
mkdir "$root/dev/shm" "$root/dev/pts" "$root/dev/mqueue" "$root/dev/hugepages"
mount -t devpts devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
ip link set lo up
exec env -i container=lxc PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" /lib/systemd/systemd --show-status=no
END
unshare --mount --pid --uts --ipc --net --cgroup --fork --kill-child sh "$work/boot" "$root" >"$work/boot.log" 2>&1 &
booted=$!
system=
find_system() { system=$(pgrep -P "$booted" | head -n 1) && [[ -n $system ]]; }
until_so find_system || { cat "$work/boot.log" >&2; cannot 'namespaces cannot be made here'; }
inside() {
  nsenter --target "$system" --mount --pid --uts --ipc --net --cgroup --root --wd \
    env PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}
# This machine's curl on that one's network.
ask() { nsenter --target "$system" --net curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}' "$@"; }
answers() { [[ $(ask "$2") == "$1" ]]; }
is_running() { [[ $(inside systemctl is-system-running) =~ running|degraded ]]; }
until_so is_running || { cat "$work/boot.log" >&2; cannot 'systemd does not start here'; }

step 'install'
inside dpkg --install /sluice.deb >"$work/install.log" 2>&1 \
  || { cat "$work/install.log" >&2; wrong 'it cannot be installed'; }
inside getent passwd sluice >/dev/null || wrong 'there is no user sluice'
! inside systemctl is-active --quiet sluice || wrong 'it was started before anybody had configured it'
verified=$(inside systemd-analyze verify --man=no sluice.service sluice.socket 2>&1) || wrong "the units are wrong: $verified"
[[ -z $verified ]] || wrong "the units are wrong: $verified"
inside systemd-analyze security --no-pager --threshold=25 sluice.service >"$work/security" \
  || wrong "the unit is too open: $(tail -n 1 "$work/security")"
tail -n 1 "$work/security"
for page in sluice.1 sluice-run.1; do
  inside test -s "/usr/share/man/man1/$page.gz" || wrong "no manual page $page"
done

step 'start'
inside systemd-run --quiet --unit=origin sluice lab run --port 3000
inside systemctl enable --quiet --now sluice || wrong 'it does not start'
until_so answers 200 http://127.0.0.1:8080/ok || wrong 'it does not answer'
[[ $(inside ps -o user= -C sluice | sort -u | grep -c '^sluice') -eq 1 ]] || wrong 'it does not run as the user sluice'
answers 502 http://127.0.0.1:8080/garbage/ssh || wrong 'a failure is not answered with 502'
keeps() { inside sluice problems --config /etc/sluice/sluice.yaml | grep -q not_http; }
until_so keeps || wrong 'the failure is not among the problems'

step 'reload'
inside sed -i 's/^listeners:$/listeners:\n  - address: 127.0.0.1:8081/' /etc/sluice/sluice.yaml
inside systemctl reload sluice
until_so answers 200 http://127.0.0.1:8081/ok || wrong 'the new listener is not there after a reload'
before=$(inside systemctl show --property MainPID --value sluice)
inside sed -i 's/^upstreams:$/upstraems:/' /etc/sluice/sluice.yaml
inside systemctl reload sluice || true
sleep 1
answers 200 http://127.0.0.1:8081/ok || wrong 'a wrong configuration ended it'
inside journalctl --no-pager -u sluice | grep -q "upstraems" || wrong 'the journal does not tell what is wrong with the file'
inside sed -i 's/^upstraems:$/upstreams:/' /etc/sluice/sluice.yaml
[[ $(inside systemctl show --property MainPID --value sluice) == "$before" ]] || wrong 'a reload made another process'

step 'restart with the socket unit, without a refused connection'
inside systemctl stop sluice
inside systemctl enable --quiet --now sluice.socket
inside systemctl start sluice
until_so answers 200 http://127.0.0.1:8080/ok || wrong 'it does not answer on the socket of systemd'
(
  for _ in {1..100}; do ask http://127.0.0.1:8080/ok; echo; done >"$work/answers"
) &
asking=$!
for _ in 1 2; do inside systemctl restart sluice || wrong 'it does not restart'; done
wait "$asking"
[[ $(sort -u "$work/answers") == 200 ]] || wrong "answers during restarts: $(sort "$work/answers" | uniq -c | tr '\n' ' ')"

step 'install again, as an upgrade does'
inside dpkg --install /sluice.deb >"$work/again.log" 2>&1 \
  || { cat "$work/again.log" >&2; wrong 'it cannot be installed again'; }
inside grep -q 'address: 127.0.0.1:8081' /etc/sluice/sluice.yaml || wrong 'an upgrade lost the configuration'
until_so answers 200 http://127.0.0.1:8080/ok || wrong 'it does not answer after an upgrade'

step 'remove and purge'
inside dpkg --remove sluice >"$work/remove.log" 2>&1 || { cat "$work/remove.log" >&2; wrong 'it cannot be removed'; }
! inside systemctl is-active --quiet sluice || wrong 'it runs after it was removed'
! inside test -e /usr/bin/sluice || wrong 'the binary is still there'
inside test -e /etc/sluice/sluice.yaml || wrong 'removing it took the configuration'
inside dpkg --purge sluice >/dev/null 2>&1
for path in /etc/sluice /var/lib/sluice /var/log/sluice; do
  ! inside test -e "$path" || wrong "$path is still there after a purge"
done
echo "try-package: $(basename "$package"): installed, started, reloaded, restarted, upgraded and removed on a clean $suite"
