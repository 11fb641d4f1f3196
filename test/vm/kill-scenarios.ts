import { WATCH } from '../../src/prove/decision-scenarios.ts';
import { NIC_MODELS } from '../../src/prove/nics.ts';
import type { Scenario } from '../../src/prove/scenario.ts';
import { BRING_UP, decide, interfacesAppeared, SETTLED } from './commands.ts';
import { type FaultsByDriver, killed, TAMPER_OVERLAY } from './fault-commands.ts';
import { control, expect, FRAMES, PROVOKED, REPAIRED, underFaults } from './under-faults.ts';

/**
 * All models but one: QEMU's i82550 takes the last address it was given for its own when it is reset (hw/net/eepro100.c),
 * so that no control could make it show its real one again.
 */
const MODELS = NIC_MODELS.filter(({ name }) => name !== 'i82550');
const ALL_MODELS = MODELS.map(({ name }) => name);
/** The place at which the net-add of each model's card is killed. */
const killEach = (places: string[]): FaultsByDriver =>
  Object.fromEntries(MODELS.map(({ driver }, at) => [driver, [places[at] ?? '']]));

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

/** Boots in which the hook is killed; the control of each is in the same boot. */
export const KILLS: Scenario[] = [...KILLED_IN_NET_ADD, ...KILLED_IN_UNBLOCK];
