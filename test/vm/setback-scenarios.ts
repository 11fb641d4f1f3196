import { NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import { rootFile, run, statusShows } from './commands.ts';
import { UNPROTECT } from './fault-commands.ts';

const CARDS = ['e1000', 'virtio-net-pci', 'usb-net'];
const FRAMES: Step = { do: 'frames' };
const REAL_FRAMES: Step = { do: 'real-frames' };
const expect = (rule: Rule): Step => ({ do: 'expect', rule });

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

/** For every card: what its record remembers as real is its address again, while its capture goes on. */
const SET_BY_HAND = run(`for n in /sys/class/net/*/device; do
  n=\${n%/device} && read -r index <$n/ifindex && n=\${n##*/}
  real=$(sed 's/.*"realAddress":"\\([^"]*\\)".*/\\1/' /run/macveil/interfaces/$index.json)
  ip link set $n down && ip link set $n address $real && ip link set $n up || :
done`);

/** Without the watch, which is quicker than a hand: only the guard is left, and it is what drops the frames. */
const STOP_WATCH = run('systemctl stop macveil-watch.service');
const GUARD_DROPPED: Step = {
  do: 'run',
  command: 'nft list table netdev macveil',
  output: /(?:counter packets [1-9][\s\S]*){3}/,
};

/** The watch saw it and put every card away; nothing waits for that but this. */
const ALL_PUT_AWAY: Step = { do: 'until', command: 'set -- /sys/class/net/*; [ $# = 1 ]' };
const SAYS_WHY = statusShows(
  /failed, unbound from its driver[\s\S]*its address is a real one \[real-address\]/,
);

/** Neither watch nor rule nor hook; every card gets its driver back, and NetworkManager manages what appears. */
const WITHOUT_PROTECTION: Step[] = [
  run('systemctl stop macveil-watch.service'),
  run('mkdir -p /run/udev/rules.d && : >/run/udev/rules.d/10-macveil.rules && udevadm control --reload'),
  UNPROTECT,
];

/** Something gives a verified card its real address back, in the middle of a session. */
export const SETBACKS: Scenario[] = [
  {
    name: 'a NetworkManager profile with the permanent address puts no frame with it on the wire',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: [PERMANENT_PROFILE] }],
    steps: [
      ALL_PUT_AWAY,
      WATCH,
      SAYS_WHY,
      expect('safe'),
      ...WITHOUT_PROTECTION,
      REAL_FRAMES,
      expect('leak'),
    ],
  },
  {
    name: 'the real address set by hand puts no frame with it on the wire',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    steps: [
      NETWORK_STARTED,
      FRAMES,
      STOP_WATCH,
      SET_BY_HAND,
      WATCH,
      GUARD_DROPPED,
      expect('safe'),
      run('systemctl start macveil-watch.service'),
      ALL_PUT_AWAY,
      SAYS_WHY,
      expect('safe'),
      ...WITHOUT_PROTECTION,
      REAL_FRAMES,
      expect('leak'),
    ],
  },
];
