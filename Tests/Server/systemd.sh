#!/bin/bash
# The service of examples/systemd under a systemd of its own, as process 1 of new namespaces over a copy of this machine's
# files: starts, serves TCP, TLS and a Unix socket, hands over mail, reads calendars, comes back after SIGKILL, stops.
#
# usage: systemd.sh PREAVIS        Needs root, systemd, curl, openssl, overlayfs. Nothing of it stays, and nothing of the
#                                  machine's own systemd, network or files is touched. Ends with "N passed, M failed".
set -eu

program=$(readlink -f "$1")
here=$(cd "$(dirname "$0")/../.." && pwd)

if [ "${2:-}" != inside ]; then
  [ "$(id -u)" = 0 ] || { echo "skipped: not root"; exit 0; }
  [ -x /lib/systemd/systemd ] || { echo "skipped: no systemd"; exit 0; }
  work=$(mktemp -d /tmp/preavis-systemd-XXXXXX)
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/layer" "$work/root" "$work/out"
  timeout -k 5 120 unshare --pid --fork --kill-child --mount --cgroup --net --uts --ipc "$0" "$program" inside "$work" \
    > "$work/console" 2>&1 || true
  cat "$work/out/steps" 2>/dev/null || tail -20 "$work/console"
  passed=$(grep -c '^ok ' "$work/out/steps" || true)
  failed=$(grep -c '^FAIL ' "$work/out/steps" || true)
  # What did not come to its end has not shown anything.
  grep -q '^end$' "$work/out/steps" || failed=$((failed + 1))
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
  exit
fi

work=$3
mount --make-rprivate /
mount -t tmpfs none "$work/layer"
mkdir "$work/layer/upper" "$work/layer/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/layer/upper,workdir=$work/layer/work" "$work/root"
cd "$work/root"
# Only the service and what it asks for is to be started.
rm -rf usr/lib/systemd/system/*.wants etc/systemd/system/*.wants usr/lib/systemd/system-generators
rm -f usr/lib/systemd/system/systemd-journald* usr/lib/systemd/system/systemd-udevd*
grep -q '^preavis:' etc/passwd || echo 'preavis:x:995:995::/var/lib/preavis:/usr/sbin/nologin' >> etc/passwd
grep -q '^preavis:' etc/group || echo 'preavis:x:995:' >> etc/group
mkdir -p usr/local/bin etc/preavis var/lib
rm -rf var/lib/preavis usr/local/bin/preavis
cp "$program" usr/local/bin/preavis
cp -R "$here/calendars" "$here/templates" etc/preavis/
cp "$here/examples/systemd/preavis.service" etc/systemd/system/
printf '#!/bin/sh\ncat > /var/lib/preavis/mail.$$\n' > usr/sbin/sendmail
chmod 755 usr/sbin/sendmail
cp "$here/Tests/Server/systemd-steps.sh" usr/local/bin/steps
printf '[Unit]\nDefaultDependencies=no\nWants=steps.service\n' > etc/systemd/system/steps.target
cat > etc/systemd/system/steps.service <<'END'
[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
ExecStart=/bin/bash /usr/local/bin/steps
ExecStopPost=/bin/systemctl --force exit 0
StandardOutput=append:/run/out/steps
StandardError=append:/run/out/errors
END
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,ro,bind proc/sys
mount -t sysfs -o ro sysfs sys
mount -t tmpfs none sys/fs/cgroup 2> /dev/null || true
mount -t cgroup2 none sys/fs/cgroup
mount -t tmpfs -o mode=755 none dev
for name in null zero full random urandom tty; do touch "dev/$name" && mount --bind "/dev/$name" "dev/$name"; done
mkdir dev/shm dev/pts
mount -t tmpfs none dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 none dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs -o mode=755 none run
mkdir run/out old
mount --bind "$work/out" run/out
mount -t tmpfs none tmp
# Not chroot: from there the kernel lets nobody make a user namespace, and the service has one.
pivot_root . old
cd /
umount -l /old
exec env -i PATH="$PATH" container=other LANG=C.UTF-8 /lib/systemd/systemd --system --unit=steps.target \
  --log-target=console --show-status=no
