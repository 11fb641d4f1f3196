#!/bin/sh
# One round: loads the drivers of all cards in one way, prints what it cost and what came of it, and unloads them again.
# Usage: round.sh bare|hook|script plain|cost|trace
set -eu
PATH=/bench/bin:$PATH
rule=/run/udev/rules.d/10-macveil.rules
mask=/run/modprobe.d/macveil-blocklist.conf
hook=/usr/lib/macveil/macveil-hook
cd /bench # ends it anywhere but in the guest
rm -rf /run/bench
mkdir -p /run/bench "${rule%/*}"
kind=$1 around=''
# shellcheck disable=SC2016 # the dollar is for udev
case $2 in
plain) set -- ;;
cost) set -- && around='/bench/bin/cost /run/bench/programs ' ;;
trace)
  set -- strace -f -qq -s 0 -o /run/bench/trace.whole
  around='/bench/bin/strace -f -qq -s 0 -A -o /run/bench/trace.$env{IFINDEX} ' ;;
esac
way="modprobe -ab $(tr "\n" " " </bench/aliases); udevadm settle"
case $kind in
bare) : >$rule ;;
script) echo "SUBSYSTEM==\"net\", ACTION==\"add\", KERNEL!=\"lo\", IMPORT{program}=\"$around/bench/bin/dash /bench/spoof.sh \$name\"" >$rule ;;
hook) sed "s|IMPORT{program}=\"|&$around|" "/usr/lib/udev/rules.d/${rule##*/}" >$rule && way="exec $hook unblock" ;;
esac
[ "$kind" = hook ] || : >$mask
udevadm control --reload

cost /run/bench/whole "$@" sh -c "$way" >/run/bench/said 2>&1 || true
for log in whole programs; do [ ! -e /run/bench/$log ] || sed "s/^/$log /" /run/bench/$log; done
for nic in /sys/class/net/*/device; do echo "address $(cat "${nic%/*}/address")"; done

# What uses a module goes before it, so it takes several passes.
for _ in 1 2 3 4 5 6; do
  extra=$(cut -d ' ' -f 1 /proc/modules | grep -vxFf /bench/modules) || break
  for module in $extra; do modprobe -rq "$module" || true; done
done
udevadm settle
rm -rf $mask /run/macveil/interfaces /run/macveil/report.json
