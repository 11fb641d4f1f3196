import { HOOK } from '../../src/paths.ts';
import { WATCH } from '../../src/prove/decision-scenarios.ts';
import { NIC_MODELS } from '../../src/prove/nics.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import {
  ASK_DHCP,
  BRING_UP,
  decide,
  interfacesAppeared,
  REMOVE_HOOK,
  run,
  SETTLED,
  statusShows,
} from './commands.ts';

/** One card of a plain PCI driver, and one whose bus is a module as well. */
const CARDS = ['e1000', 'virtio-net-pci'];
/** Past the blocklist and before the hook, as a built-in driver would be there; buses first. */
const loadFirst = (drivers: string[], cards: number): Step[] => [
  run(`modprobe -C /dev/null -a virtio_pci uhci_hcd ${drivers.join(' ')}`),
  interfacesAppeared(cards),
];
const LOAD_FIRST = loadFirst(['e1000', 'virtio_net'], CARDS.length);
const LOAD_ALL_FIRST = loadFirst(
  NIC_MODELS.map(({ driver }) => driver),
  NIC_MODELS.length,
);
const FRAMES: Step = { do: 'frames' };
const expect = (rule: Rule): Step => ({ do: 'expect', rule });

/** All is as decided, and the cards are marked. */
const SAYS_THEY_WERE_THERE: Step = {
  do: 'run',
  command: `${HOOK} status`,
  output: /there before the decision/,
};
const STAYS_MUTE: Step[] = [SETTLED, BRING_UP, ASK_DHCP, WATCH, SAYS_THEY_WERE_THERE, expect('mute')];
const NO_CARD_IS_LEFT = run('set -- /sys/class/net/*; [ $# = 1 ]');

/** Boots in which cards are there before the decision. */
export const EARLY: Scenario[] = [
  {
    name: 'cards that were there before the decision are anonymised',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: LOAD_FIRST }],
    steps: [SETTLED, BRING_UP, FRAMES, WATCH, SAYS_THEY_WERE_THERE, expect('spoof')],
  },
  {
    name: 'ask silences cards that were there before, also when they are brought up, until decide spoof',
    boot: 'initramfs',
    cmdline: 'macveil=ask',
    pauses: [{ at: 'top', steps: LOAD_ALL_FIRST }],
    steps: [...STAYS_MUTE, decide('spoof'), BRING_UP, FRAMES, WATCH, expect('spoof')],
  },
  {
    name: 'offline silences cards that were there before',
    boot: 'initramfs',
    cmdline: 'macveil=offline',
    nics: CARDS,
    pauses: [{ at: 'top', steps: LOAD_FIRST }],
    steps: STAYS_MUTE,
  },
  {
    name: 'without the hook cards that were there before are heard',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: [...LOAD_FIRST, REMOVE_HOOK] }],
    steps: [SETTLED, BRING_UP, FRAMES, expect('open')],
  },
  {
    name: 'cards that were up before the decision and sent are shut off, and status says so',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: [...LOAD_FIRST, BRING_UP, FRAMES] }],
    steps: [
      SETTLED,
      statusShows(
        /up before the decision, and sent \d+ frames: .*\[before-decision\][\s\S]*\[silent-before\]/,
      ),
      NO_CARD_IS_LEFT,
      expect('open'),
    ],
  },
];
