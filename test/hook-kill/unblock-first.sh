#!/bin/sh
# The wrong order, for the control: first drivers may load, and then what they bring is made mute. usage: unblock-first.sh unblock
mkdir -p /run/sysctl.d
: >/run/modprobe.d/macveil-blocklist.conf
modprobe -abq test:card
echo blackhole >/proc/sys/net/core/default_qdisc
echo 'net.core.default_qdisc = blackhole' >/run/sysctl.d/zz-macveil.conf
udevadm settle
