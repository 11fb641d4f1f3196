#!/bin/sh
# Makes the world of world.ts in namespaces of its own, then runs the command in it with an empty environment.
# usage: world.sh [--powerless] COMMAND [ARGUMENT...]
set -eu

drop=
if [ "$1" = --powerless ]; then
  drop='setpriv --bounding-set -net_admin --inh-caps -net_admin'
  shift
fi

if [ "${CONTRACT_STAGE-}" != inside ]; then
  # Only the first network namespace shows default_qdisc: its file is kept by a mount before the new one begins.
  exec unshare -m sh -ceu '
    mount -t tmpfs none /run
    mkdir /run/contract
    touch /run/contract/default_qdisc
    if [ -e /proc/sys/net/core/default_qdisc ]; then
      mount --bind /proc/sys/net/core/default_qdisc /run/contract/default_qdisc
    fi
    CONTRACT_STAGE=inside exec unshare -n -- "$@"
  ' sh sh "$0" ${drop:+--powerless} "$@"
fi

mount -t sysfs none /sys
mkdir /run/contract/full
mount -t tmpfs -o size=16k none /run/contract/full
printf old >/run/contract/full/kept
ln -s nowhere/at-all /run/contract/dangling
ln -s /run /run/contract/to-run

for name in untouched address updown rootqdisc mute member guard guardsecond; do
  ip tuntap add dev $name mode tap
done
ip tuntap add dev queues mode tap multi_queue
ip tuntap add dev kernelqueues mode tap multi_queue
ip link add bridge type bridge
ip link set dev member master bridge
ip tuntap add dev noaddress mode tun
ip link add veth type veth peer name peer
ip link add sender type veth peer name receiver
i=0
while [ $i -lt 300 ]; do
  echo "link add bulk$i type veth peer name bulk$((i + 1))"
  i=$((i + 2))
done | ip -batch -

# The empty environment shows that programs are found without PATH.
# shellcheck disable=SC2086 # words of one command
exec env -i $drop "$@"
