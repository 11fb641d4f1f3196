#!/bin/sh
# Mounts the demo image's root on /image from the first shell of its initramfs; /load holds what is to be tried.
set -eu
modprobe -a isofs loop squashfs
mkdir /medium /image
mount -t iso9660 -o ro /dev/vda /medium
losetup -r /dev/loop0 /medium/live/filesystem.squashfs
mount -t squashfs -o ro /dev/loop0 /image
mount -t tmpfs none /image/run
for directory in dev proc sys; do mount -o bind "/$directory" "/image/$directory"; done
mkdir -p /image/run/load/state /image/run/modprobe.d
cp /load/* /image/run/load
# From here on try.sh tells what is new.
chroot /image sh /run/load/try.sh true >/dev/null

# What the kernel itself asks for is to meet the same modprobe, modules and list as what is tried by hand.
cat >/kernel-modprobe <<'END'
#!/bin/sh
echo "$@" >>/image/run/load/asked
exec chroot /image /sbin/modprobe "$@"
END
chmod 755 /kernel-modprobe
echo /kernel-modprobe >/proc/sys/kernel/modprobe
