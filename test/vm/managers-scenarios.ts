import { NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import {
  BOOT_ENDED,
  EVERY_QUEUE_HAS_ITS_VOICE,
  managedBy,
  NAMESPACE_HAS_A_VETH,
  rootFile,
  TAP_IN_A_NAMESPACE_IS_MUTE,
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
  '/etc/network/interfaces',
  `auto lo\niface lo inet loopback\nauto eth0\niface eth0 inet dhcp\n${[1, 2].map((at) => `allow-hotplug eth${at}\niface eth${at} inet dhcp\n`).join('')}`,
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
      ...TAP_IN_A_NAMESPACE_IS_MUTE,
      EVERY_QUEUE_HAS_ITS_VOICE,
    ],
  },
  {
    name: 'ifupdown and dhcpcd in place of NetworkManager',
    boot: 'live',
    cmdline: `${managedBy('networking.service')} net.ifnames=0`,
    nics: CARDS,
    pauses: [{ at: 'top', steps: [INTERFACES_FOR_ALL] }],
    steps: [BOOT_ENDED, FRAMES, WATCH, shows('ifquery --state | sort', /eth0.*eth1.*eth2/s), expect('spoof')],
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
