import { dirname } from 'node:path';
import { HOOK } from '../../src/paths.ts';
import type { Step } from '../../src/prove/scenario.ts';

/** Runs a command in the guest that must succeed. */
export const run = (command: string): Step => ({ do: 'run', command });

/** Records a decision in the running guest; the hook must find everything right. */
export const decide = (decision: 'spoof' | 'keep'): Step => run(`${HOOK} decide ${decision}`);

/** The status in words must show a reason; the hook's exit status 1 says that something is not right. */
export const statusShows = (output: RegExp): Step => ({
  do: 'run',
  command: `${HOOK} status`,
  status: 1,
  output,
});

/** udev has done all it will do about the devices of this machine. */
export const SETTLED = run('udevadm settle -t 120');

/** What a network manager would do first; each interface that may speak then sends IPv6 discovery by itself. */
export const BRING_UP = run('cd /sys/class/net && for n in *; do [ $n = lo ] || ip link set $n up; done');

/** DHCP too, over packet sockets; in the background, for a mute interface never gets an answer. */
export const ASK_DHCP = run(
  'cd /sys/class/net && for n in *; do [ $n = lo ] || busybox udhcpc -i $n -n -s /bin/true >/dev/null 2>&1 & done',
);

/** All interfaces of a machine with this many cards are there; udev cannot be asked while a hook hangs in it. */
export const interfacesAppeared = (cards: number): Step => ({
  do: 'until',
  command: `set -- /sys/class/net/*; [ $# = ${cards + 1} ]`,
});

/** Gives each card a new interface that is not born mute: what kept it silent must have been the muteness alone. */
export const REBIRTH_WITH_VOICE = run(`echo pfifo_fast >/proc/sys/net/core/default_qdisc
for n in /sys/class/net/*/device; do
  device=$(readlink -f "$n") && driver=$(readlink -f "$n/driver")
  echo "\${device##*/}" >"$driver/unbind" && echo "\${device##*/}" >"$driver/bind"
done`);

/** Takes the hook out of the initramfs. */
export const REMOVE_HOOK = run(`rm ${HOOK}`);

/** Runs shell when the root is mounted at $rootmnt, before its init starts; ORDER is shell that initramfs-tools reads in. */
export const inRoot = (script: string): Step =>
  run(`cat >>/scripts/init-bottom/ORDER <<'END_OF_SCRIPT'\n${script}\nEND_OF_SCRIPT`);

/** Writes a file of the root; `mode` 600 for what NetworkManager wants to be private. */
export const rootFile = (path: string, text: string, mode = '644'): Step =>
  inRoot(`mkdir -p "$rootmnt${dirname(path)}"
cat >"$rootmnt${path}" <<'END_OF_FILE' && chmod ${mode} "$rootmnt${path}"\n${text}\nEND_OF_FILE`);

/** Takes the hook out of the root as soon as it is mounted. */
export const REMOVE_HOOK_OF_ROOT = inRoot(`rm "$rootmnt${HOOK}"`);

/** The hook is really gone. */
export const HOOK_IS_GONE = run(`[ ! -e ${HOOK} ]`);

/** Cuts the hook off in the middle, as a full disk or a bad medium would. */
export const TRUNCATE_HOOK = run(`truncate -s 100000 ${HOOK}`);

/** Puts a program in the hook's place that does \`early\` with the real one and \`body\` for everything else. */
export const replaceHook = (body: string): Step =>
  run(`mv ${HOOK} ${HOOK}.real && cat >${HOOK} <<'END' && chmod 755 ${HOOK}
#!/bin/sh
[ "$1" = early ] && exec ${HOOK}.real "$@"
${body}
END`);

/** Nothing manages the network until a step starts what does. */
export const NO_MANAGER = 'systemd.mask=NetworkManager.service';

/** A network manager in place of NetworkManager, as words of the kernel command line (systemd-debug-generator(8)). */
export const managedBy = (unit: string): string => `${NO_MANAGER} systemd.wants=${unit}`;

/** The boot has ended, whoever manages the network. */
export const BOOT_ENDED: Step = {
  do: 'until',
  title: 'waiting for the end of the boot',
  command: 'case $(systemctl is-system-running --wait) in running|degraded) ;; *) false ;; esac',
};

/** Takes all protection but the list away: after `early` interfaces are not born mute, and nothing handles them. */
export const START_UNPROTECTED = run(`mv ${HOOK} ${HOOK}.real && cat >${HOOK} <<'END' && chmod 755 ${HOOK}
#!/bin/sh
[ "$1" = early ] && ${HOOK}.real early && echo pfifo_fast >/proc/sys/net/core/default_qdisc
END`);

/** The unit ran after udev's coldplug and found all as decided, the mute default of the root included. */
export const VERIFY_SERVICE_IS_CONTENT = run('systemctl is-active macveil-verify.service');

/** A Wi-Fi radio that appears later, as from a USB stick, is anonymised by the rule alone. */
export const RADIO_IS_VERIFIED: Step = {
  do: 'run',
  command: `modprobe mac80211_hwsim radios=1 && udevadm settle && ${HOOK} status`,
  output: /^ {2}wl\S+ \(mac80211_hwsim\): verified, /m,
};

/** What a VPN makes is virtual and has a queue: born mute like a card, it must be able to speak. */
export const TUNNEL_HAS_ITS_VOICE: Step = {
  do: 'run',
  command: 'ip tuntap add tun9 mode tun && udevadm settle && ip link set tun9 up && tc qdisc show dev tun9',
  output: /^qdisc fq_codel .* root/m,
};

/** A module that is added to the running system, as dkms would, is one that the list does not cover. */
export const NEW_MODULE_IS_NOTICED: Step = {
  do: 'run',
  command: `cd /lib/modules/$(uname -r) && mkdir -p updates/dkms &&
cp kernel/drivers/net/dummy.ko.xz updates/dkms/added.ko.xz && depmod && ${HOOK} verify`,
  status: 1,
  output: /1 kernel module came after the list was made .*\(added\.ko\).*\[unlisted-module\]/,
};

/** A network namespace and a veth pair into it, as containers have; veths have no queue and need no voice. */
export const NAMESPACE_HAS_A_VETH: Step[] = [
  run(`ip netns add inside && ip link add v0 type veth peer name v1 netns inside
ip addr add 10.99.0.1/24 dev v0 && ip link set v0 up
ip -n inside addr add 10.99.0.2/24 dev v1 && ip -n inside link set v1 up`),
  { do: 'until', command: 'busybox ping -c 1 -W 1 10.99.0.2' },
];

/** Each of the queues gets a qdisc of its own; QEMU's cards have one queue with one processor and a user network. */
export const EVERY_QUEUE_HAS_ITS_VOICE: Step = {
  do: 'run',
  command:
    'ip link add ifb9 numtxqueues 4 type ifb && udevadm settle && ip link set ifb9 up && tc qdisc show dev ifb9',
  output: /^qdisc mq .* root(?:[\s\S]*^qdisc fq_codel .* parent \d+:[1-4] ){4}/m,
};

const TAP_INSIDE = `ip netns add taps && ip netns exec taps ip tuntap add tap0 mode tap && ip -n taps link set tap0 up
ip netns exec taps tc qdisc show dev tap0`;

/** What a VPN in a container makes: no udev sees it, the mute default is one for all namespaces, and there is a cure. */
export const TAP_IN_A_NAMESPACE_IS_MUTE: Step[] = [
  { do: 'run', command: TAP_INSIDE, output: /^qdisc blackhole .* root/m },
  {
    do: 'run',
    command:
      'ip netns exec taps tc qdisc replace dev tap0 root fq_codel && ip netns exec taps tc qdisc show dev tap0',
    output: /^qdisc fq_codel .* root/m,
  },
];

/** The same where the policy ends the muteness with the boot. */
export const TAP_IN_A_NAMESPACE_CAN_SPEAK: Step = {
  do: 'run',
  command: TAP_INSIDE,
  output: /^qdisc fq_codel .* root/m,
};
