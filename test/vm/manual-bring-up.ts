import type { Step } from '../../src/prove/scenario.ts';
import { run } from './commands.ts';

/**
 * A loop of shell in the background that gives every interface but lo in turn to `body`, as $n, and its index as $index. The
 * shell of a break point takes with it, by SIGHUP, what does not ignore that.
 */
export const forEver = (body: string): Step =>
  run(`(trap '' HUP; while :; do for n in /sys/class/net/*; do
  [ $n != /sys/class/net/lo ] && read -r index <$n/ifindex || continue
  ${body}
done; done) >/dev/null 2>&1 &`);

/**
 * Brings up what appears before udev has even started on it, and asks for DHCP, as iwd and others do that listen to the
 * kernel alone: through sysfs, for a program would have to be started first. Without its delay IPv6 speaks at once.
 */
export const BRING_UP_AT_ONCE: Step[] = [
  run('echo 0 >/proc/sys/net/ipv6/conf/default/router_solicitation_delay'),
  forEver(`[ ! -e /run/seen.$index ] || continue
  : >/run/seen.$index
  echo 0x1003 >$n/flags
  busybox udhcpc -i \${n##*/} -n -s /bin/true &`),
];

/** And again when udev is done with it, as those do that wait for udev. */
export const BRING_UP_AFTER_UDEV = run(`mkdir -p /run/udev/rules.d
echo 'SUBSYSTEM=="net", ACTION=="add", RUN+="/sbin/ip link set $name up"' >/run/udev/rules.d/99-up.rules`);

/** Does not let an interface be down, whatever is done to it meanwhile. */
export const KEEP_UP = forEver('echo 0x1003 >$n/flags');

/** Renames every interface as soon as it is there, forty times: each one is an event, and udev must come to an end. */
export const RENAME_AT_ONCE = forEver(`times=$((times$index + 1)) && [ $times -le 40 ] || continue
  eval times$index=$times
  ip link set \${n##*/} name x$index.$times`);
