#!/bin/sh
# A machine with one card, in namespaces of its own: runs the command in it with nothing but a PATH.
# usage: world.sh COMMAND [ARGUMENT...]
# Its processes are its own too: the ladder's last rung kills every network manager that it finds.
# The card and its neighbour are taps (made by trials.ts) that a sysfs of our own shows with a device and a driver. The
# mute default is the whole host's and stays as it is: a file stands for it, and an interface with noop counts as mute.
set -eu

if [ "${KILL_STAGE-}" != inside ]; then
  KILL_STAGE=inside exec unshare --mount --net --pid --fork --mount-proc -- sh "$0" "$@"
fi

mount -t tmpfs none /run
mkdir -p /run/sys /run/bin /run/drivers/tap /run/macveil
mount -t sysfs none /run/sys
mount -t tmpfs none /sys/class/net
mount -t tmpfs none /sys/bus
mount -t tmpfs none /proc/sys/net/core
echo blackhole >/proc/sys/net/core/default_qdisc
mount --bind /dev/null /dev/kmsg
touch /run/drivers/tap/unbind

for card in card neighbour; do
  mkdir -p "/run/devices/$card" "/sys/class/net/$card"
  ln -s /run/drivers/tap "/run/devices/$card/driver"
  ln -s "/run/devices/$card" "/sys/class/net/$card/device"
  touch "/sys/class/net/$card/uevent"
  for attribute in ifindex mtu addr_assign_type; do
    ln -s "/run/sys/class/net/$card/$attribute" "/sys/class/net/$card/$attribute"
  done
done

# As `early` leaves it.
echo '{"decision":"spoof","source":"cmdline","reason":""}' >/run/macveil/decision.json
# There is no udev to wait for.
printf '#!/bin/sh\n' >/run/bin/udevadm
chmod 755 /run/bin/udevadm

exec env -i PATH=/run/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
