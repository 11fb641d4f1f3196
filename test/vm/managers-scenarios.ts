import { NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import {
  BOOT_ENDED,
  BRING_UP,
  EVERY_QUEUE_HAS_ITS_VOICE,
  managedBy,
  NAMESPACE_HAS_A_TAP,
  NAMESPACE_HAS_A_VETH,
  rootFile,
  run,
  SETTLED,
} from './commands.ts';

/** One card of each kind that managers treat differently; a live boot with all ten is slower. */
const CARDS = ['e1000', 'virtio-net-pci', 'usb-net'];
const FRAMES: Step = { do: 'frames' };
const expect = (rule: Rule): Step => ({ do: 'expect', rule });
const shows = (command: string, output: RegExp): Step => ({ do: 'run', command, output });

/** LLDP too, whose frames systemd-networkd makes itself, over packet sockets. */
const NETWORKD_FOR_ALL = rootFile(
  '/etc/systemd/network/10-all.network',
  '[Match]\nType=ether\nKind=!*\n[Network]\nDHCP=yes\nEmitLLDP=yes\n',
);
const INTERFACES_FOR_ALL = rootFile(
  '/etc/network/interfaces.d/all',
  `auto eth0\niface eth0 inet dhcp\n${[1, 2].map((at) => `allow-hotplug eth${at}\niface eth${at} inet dhcp\n`).join('')}`,
);

/** A profile as a user or an older system may have left it: the card's own address, whatever the image's default says. */
const PERMANENT_PROFILE = rootFile(
  '/etc/NetworkManager/system-connections/own.nmconnection',
  `[connection]
id=own
type=ethernet
multi-connect=3
autoconnect-priority=10
[ethernet]
cloned-mac-address=permanent
[ipv4]
method=auto
[ipv6]
method=auto`,
  '600',
);

/** The other managers speak through what macveil has verified. They need no control: each card must have sent frames. */
export const MANAGERS: Scenario[] = [
  {
    name: 'systemd-networkd in place of NetworkManager',
    boot: 'live',
    cmdline: managedBy('systemd-networkd.service'),
    nics: CARDS,
    pauses: [{ at: 'top', steps: [NETWORKD_FOR_ALL] }],
    steps: [
      BOOT_ENDED,
      FRAMES,
      WATCH,
      shows('networkctl', /routable/),
      expect('spoof'),
      ...NAMESPACE_HAS_A_VETH,
      EVERY_QUEUE_HAS_ITS_VOICE,
    ],
  },
  {
    name: 'ifupdown and dhcpcd in place of NetworkManager',
    boot: 'live',
    cmdline: `${managedBy('networking.service')} net.ifnames=0`,
    nics: CARDS,
    pauses: [{ at: 'top', steps: [INTERFACES_FOR_ALL] }],
    steps: [BOOT_ENDED, FRAMES, WATCH, shows('ifquery --state', /eth0.*eth1.*eth2/s), expect('spoof')],
  },
];

/** It sorts behind the file that carries the mute default from the initramfs into the root. */
const ANOTHER_DEFAULT = rootFile('/etc/sysctl.d/zzz.conf', 'net.core.default_qdisc = fq_codel');

/** The control is the finding itself: systemd did set the other default before it was put back. */
export const SYSCTL: Scenario[] = [
  {
    name: 'a sysctl file that sets another default is overruled and reported',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: ['e1000'],
    pauses: [{ at: 'top', steps: [ANOTHER_DEFAULT] }],
    steps: [
      NETWORK_STARTED,
      shows('journalctl -b -u macveil-verify.service', /\[mute-default\]/),
      shows('cat /proc/sys/net/core/default_qdisc', /^blackhole$/m),
      FRAMES,
      WATCH,
      expect('spoof'),
    ],
  },
];

/** What the present hook does not hold: it changes an address once and watches nothing afterwards. */
export const AWAITING: Scenario[] = [
  {
    name: 'a NetworkManager profile with the permanent address',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: [PERMANENT_PROFILE] }],
    steps: [NETWORK_STARTED, WATCH, expect('safe')],
  },
  {
    name: 'the real address set by hand',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    steps: [NETWORK_STARTED, FRAMES, setByHand(), WATCH, expect('safe')],
  },
];

/** Silence of the present hook, where nothing is to be hidden. */
export const AWAITING_NAMESPACES: Scenario[] = [
  {
    name: 'a tap that is made inside a network namespace can speak',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    steps: [NETWORK_STARTED, ...NAMESPACE_HAS_A_VETH, NAMESPACE_HAS_A_TAP, expect('safe')],
  },
];

/** The same with the present hook: the real addresses are seen. When a guard is there, these need it taken away first. */
export const AWAITING_CONTROLS: Scenario[] = [
  {
    name: 'a NetworkManager profile with the permanent address shows it, with nothing to guard it',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: [PERMANENT_PROFILE] }],
    steps: [NETWORK_STARTED, FRAMES, WATCH, expect('leak')],
  },
  {
    name: 'the real address set by hand is seen, with nothing to guard it',
    // Nothing of it depends on a manager, so the shorter boot shows it as well.
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    steps: [SETTLED, BRING_UP, FRAMES, setByHand(), WATCH, expect('leak')],
  },
];

/** For every card: what its record remembers as real is its address again. */
function setByHand(): Step {
  return run(`for n in /sys/class/net/*/device; do
  n=\${n%/device} && read -r index <$n/ifindex && n=\${n##*/}
  real=$(sed 's/.*"realAddress":"\\([^"]*\\)".*/\\1/' /run/macveil/interfaces/$index.json)
  ip link set $n down && ip link set $n address $real && ip link set $n up || exit 1
done`);
}
