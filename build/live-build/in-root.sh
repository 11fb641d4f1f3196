#!/bin/sh
# in-root.sh ROOT COMMAND: runs it in a Debian root with the mounts that live-build needs; they are gone with it, since it
# is called in a mount namespace of its own (build/image/run.mjs).
set -eu
root=$1
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t sysfs sys "$root/sys"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root sh -c "$2"
