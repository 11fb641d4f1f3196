import { WATCH } from '../../src/prove/decision-scenarios.ts';
import { NIC_MODELS } from '../../src/prove/nics.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import {
  ASK_DHCP,
  BRING_UP,
  decide,
  interfacesAppeared,
  replaceHook,
  run,
  SETTLED,
  statusShows,
} from './commands.ts';
import {
  type FaultsByDriver,
  fillRun,
  killed,
  REAL_HOOK,
  SHOW_LOGS,
  struck,
  TAMPER_OVERLAY,
  tamperNetAdd,
  UNPROTECT,
} from './fault-commands.ts';

const FRAMES: Step = { do: 'frames' };
const expect = (rule: Rule): Step => ({ do: 'expect', rule });
/** All is done to make the cards speak, and then they are watched and judged. */
const PROVOKED: Step[] = [SETTLED, BRING_UP, ASK_DHCP, WATCH];
/** The control: the same cards in the same machine without protection, and every real address is seen. */
const control = (cards: number): Step[] => [
  UNPROTECT,
  interfacesAppeared(cards),
  SETTLED,
  BRING_UP,
  ASK_DHCP,
  FRAMES,
  expect('leak'),
];

/** Driver, state and rule of a finding that status must show. */
type Reported = [driver: string, state: 'failed' | 'mute', rule: string];
const says = ([driver, state, rule]: Reported): Step =>
  statusShows(new RegExp(`\\(${driver}[,)].*: ${state}, .*\\n(?: {6}! .*\\n)*? {6}! .*\\[${rule}\\]`));

/** A boot in which the net-add of each driver's card runs under its faults. */
function underFaults(
  name: string,
  nics: string[],
  faults: FaultsByDriver,
  reported: Reported[],
  then: Step[] = [],
): Scenario {
  return {
    name,
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics,
    overlay: TAMPER_OVERLAY,
    pauses: [{ at: 'top', steps: [tamperNetAdd(faults)] }],
    steps: [
      ...PROVOKED,
      SHOW_LOGS,
      struck(faults),
      ...reported.map(says),
      expect('safe'),
      ...then,
      ...control(nics.length),
    ],
  };
}

/** An undisturbed hook looks again: what it cannot repair it reports, so that both exit statuses are right. */
const VERIFIED_AGAIN: Step[] = [run(`${REAL_HOOK} verify; [ $? -le 1 ]`), ...PROVOKED, expect('safe')];
/** The same where everything can be repaired. */
const REPAIRED: Step[] = [run(`${REAL_HOOK} verify`), SETTLED, BRING_UP, FRAMES, WATCH, expect('spoof')];

/**
 * All models but one: QEMU's i82550 takes the last address it was given for its own when it is reset (hw/net/eepro100.c),
 * so that no control could make it show its real one again.
 */
const MODELS = NIC_MODELS.filter(({ name }) => name !== 'i82550');
const ALL_MODELS = MODELS.map(({ name }) => name);
/** The place at which the net-add of each model's card is killed. */
const killEach = (places: string[]): FaultsByDriver =>
  Object.fromEntries(MODELS.map(({ driver }, at) => [driver, [places[at] ?? '']]));

/** Faults of net-add, by card. */
const CONVERSATION: Scenario[] = [
  underFaults(
    'a refused, pretended or unreadable address, no random bytes and a refused qdisc show no real address',
    ['e1000', 'virtio-net-pci', 'usb-net', 'e1000e', 'rtl8139', 'ne2k_pci'],
    {
      e1000: ['refuse-address'],
      virtio_net: ['lie-address'],
      cdc_ether: ['lie-address'],
      e1000e: ['blind-after-address'],
      '8139cp': ['refuse=getrandom:ENOSYS'],
      'ne2k-pci': ['refuse=set-qdisc:EOPNOTSUPP'],
    },
    [
      ['e1000', 'failed', 'set-address'],
      ['virtio_net', 'failed', 'real-address'],
      ['cdc_ether', 'failed', 'real-address'],
      ['e1000e', 'mute', 'unhandled'],
      ['8139cp', 'mute', 'unhandled'],
      ['ne2k-pci', 'failed', 'voice'],
    ],
    VERIFIED_AGAIN,
  ),
  underFaults(
    'cards that could not be given an address stay silent where unbinding is refused or pretended',
    ['e1000', 'virtio-net-pci', 'usb-net', 'e1000e'],
    {
      e1000: ['refuse-address', 'refuse=open:EACCES:/unbind'],
      virtio_net: ['lie-address', 'lie-unbind'],
      cdc_ether: ['refuse-address', 'lie-unbind'],
      e1000e: ['lie-address', 'lie-down', 'refuse=open:EACCES:/unbind'],
    },
    [
      ['e1000', 'failed', 'shut-off-unbind'],
      ['virtio_net', 'failed', 'shut-off-unbind'],
      ['cdc_ether', 'failed', 'shut-off-unbind'],
      ['e1000e', 'failed', 'shut-off-unbind'],
    ],
    VERIFIED_AGAIN,
  ),
];

/** net-add killed at calls that are spread over the whole of it, and right before and after each that changes anything. */
const KILLED_IN_NET_ADD: Scenario[] = [
  underFaults(
    'a hook that is killed in net-add up to the change of the address shows no real address',
    ALL_MODELS,
    killEach([
      'kill-at=1',
      'kill-at=flock',
      'kill-after=flock',
      'kill-at=list-links',
      'kill-at=getrandom',
      'kill-at=rename',
      'kill-after=rename',
      'kill-at=set-address',
      'kill-after=set-address',
    ]),
    [],
    REPAIRED,
  ),
  underFaults(
    'a hook that is killed in net-add from the change of the address on shows no real address',
    ALL_MODELS,
    killEach([
      'kill-at=list-links:2',
      'kill-after=list-links:2',
      'kill-at=rename:2',
      'kill-after=rename:2',
      'kill-at=set-qdisc',
      'kill-after=set-qdisc',
      'kill-at=list-links:3',
      'kill-at=write:3',
      'kill-at=exit_group',
    ]),
    [],
    REPAIRED,
  ),
];

/** All of `decide` and `unblock`, in the order in which they do it; the last ones are those of its verify. */
const UNBLOCK_PLACES = [
  'kill-at=flock',
  'kill-at=rename',
  'kill-after=rename',
  'kill-after=rename:2',
  'kill-at=rename:3',
  'kill-after=rename:3',
  'kill-at=fork',
  'kill-after=fork',
  'kill-at=wait4',
  'kill-after=wait4',
  'kill-after=fork:2',
  'kill-at=list-links:2',
  'kill-at=exit_group',
];

const KILLED_IN_UNBLOCK: Scenario[] = [
  {
    name: 'an unblock that is killed again and again shows no real address, and the next one repairs',
    boot: 'initramfs',
    cmdline: 'macveil=ask',
    nics: ALL_MODELS,
    overlay: TAMPER_OVERLAY,
    steps: [
      SETTLED,
      ...UNBLOCK_PLACES.flatMap((place) => [killed('decide spoof', place), BRING_UP]),
      interfacesAppeared(MODELS.length),
      ...PROVOKED,
      expect('safe'),
      decide('spoof'),
      BRING_UP,
      FRAMES,
      WATCH,
      expect('spoof'),
      ...control(MODELS.length),
    ],
  },
];

const CARDS = ['e1000', 'virtio-net-pci', 'usb-net'];
const NO_ROOM = /\[unhandled\]/;
const MAKE_ROOM = run('rm /run/filler');

/** Nothing can be written to /run. */
const FULL: Scenario[] = [
  {
    name: 'with /run full before the decision nothing appears, until there is room and somebody decides',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    overlay: TAMPER_OVERLAY,
    pauses: [{ at: 'top', steps: [run(fillRun)] }],
    steps: [
      SETTLED,
      WATCH,
      statusShows(/did not run in this boot \[blocked\]/),
      expect('silent'),
      MAKE_ROOM,
      decide('spoof'),
      BRING_UP,
      FRAMES,
      WATCH,
      expect('spoof'),
      ...control(CARDS.length),
    ],
  },
  {
    name: 'with /run full from the first card on every card stays mute, until there is room',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: [replaceHook(`[ -e /run/filler ] || ${fillRun}\nexec ${REAL_HOOK} "$@"`)] }],
    steps: [
      SETTLED,
      BRING_UP,
      ASK_DHCP,
      WATCH,
      statusShows(NO_ROOM),
      expect('safe'),
      expect('mute'),
      MAKE_ROOM,
      ...REPAIRED,
      ...control(CARDS.length),
    ],
  },
];

/** Boots under faults; the control of each is in the same boot. */
export const FAULTS: Scenario[] = [...CONVERSATION, ...KILLED_IN_NET_ADD, ...KILLED_IN_UNBLOCK, ...FULL];
