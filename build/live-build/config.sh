#!/bin/sh
# config.sh MIRROR: a small configuration tree in this folder, as its user would make one. Both firmwares, few packages.
set -eu
lb config --distribution trixie --archive-areas 'main non-free-firmware' \
  --mirror-bootstrap "$1" --parent-mirror-bootstrap "$1" --mirror-chroot "$1" --mirror-binary "$1" \
  --security false --updates false --apt-recommends false --apt-indices false --memtest none --debian-installer none \
  --firmware-chroot false --firmware-binary false --debootstrap-options '--variant=minbase' \
  --bootloaders 'grub-pc grub-efi' --chroot-squashfs-compression-type zstd
cat >config/package-lists/own.list.chroot <<'END'
live-boot
live-config
live-config-systemd
systemd-sysv
udev
dbus
network-manager
iproute2
firmware-intel-misc
END
