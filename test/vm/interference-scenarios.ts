import { HOOK } from '../../src/paths.ts';
import { WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import { BRING_UP, run, SETTLED, START_UNPROTECTED } from './commands.ts';
import { BRING_UP_AT_ONCE, KEEP_UP, RENAME_AT_ONCE } from './manual-bring-up.ts';

const CARDS = ['e1000', 'virtio-net-pci', 'usb-net'];
const FRAMES: Step = { do: 'frames' };
const expect = (rule: Rule): Step => ({ do: 'expect', rule });
const MACHINE = { boot: 'initramfs', cmdline: 'macveil=spoof', nics: CARDS } as const;

/** In the background: udevd and its workers are killed at the moment this many interfaces are there. */
const killUdevAt = (interfaces: number): Step =>
  run(`(set --; while [ $# -lt ${interfaces} ]; do set -- /sys/class/net/*; done
kill -9 $(pidof systemd-udevd) && : >/run/killed.${interfaces}) >/dev/null 2>&1 &`);
const RESTART_UDEV = run('/usr/lib/systemd/systemd-udevd --daemon --resolve-names=never');
/** The card's event is lost with udevd; what is plugged in next finds the new one. */
const lostEvent = (card: number): Step[] => [
  killUdevAt(card + 2),
  { do: 'plug', card },
  { do: 'until', command: `[ -e /run/killed.${card + 2} ]` },
  RESTART_UDEV,
];

/** What gets in the way while cards are handled. */
export const INTERFERENCE: Scenario[] = [
  {
    name: 'two cards with one permanent address get two others',
    ...MACHINE,
    sameAddress: [0, 1],
    steps: [SETTLED, BRING_UP, FRAMES, WATCH, expect('spoof')],
  },
  {
    name: 'udevd killed whenever a card appears leaves them mute until verify handles them',
    ...MACHINE,
    unplugged: [0, 1, 2],
    steps: [
      ...BRING_UP_AT_ONCE,
      ...[0, 1, 2].flatMap(lostEvent),
      run(`${HOOK} verify`),
      SETTLED,
      BRING_UP,
      FRAMES,
      WATCH,
      expect('spoof'),
    ],
  },
  {
    name: 'interfaces that are renamed again and again while they are handled are verified or put away',
    ...MACHINE,
    pauses: [{ at: 'top', steps: [RENAME_AT_ONCE] }],
    steps: [SETTLED, BRING_UP, WATCH, expect('safe')],
  },
  {
    name: 'interfaces that something brings up again at once, whatever the hook does, are verified or put away',
    ...MACHINE,
    pauses: [{ at: 'top', steps: [KEEP_UP] }],
    steps: [SETTLED, WATCH, expect('safe')],
  },
  {
    name: 'the same interference without hook and muteness shows every real address',
    ...MACHINE,
    pauses: [{ at: 'top', steps: [RENAME_AT_ONCE, KEEP_UP, START_UNPROTECTED] }],
    steps: [SETTLED, { do: 'real-frames' }, expect('leak')],
  },
];
