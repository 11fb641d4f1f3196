import { HOOK } from '../../src/paths.ts';
import { WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import { ASK_DHCP, BRING_UP, interfacesAppeared, run, SETTLED, statusShows } from './commands.ts';
import {
  type FaultsByDriver,
  REAL_HOOK,
  SHOW_LOGS,
  struck,
  TAMPER_OVERLAY,
  tamperNetAdd,
  UNPROTECT,
} from './fault-commands.ts';

/** Waits until every card has sent. */
export const FRAMES: Step = { do: 'frames' };
/** Judges the cards. */
export const expect = (rule: Rule): Step => ({ do: 'expect', rule });
/** Waits until every card has shown its real address, whatever it sent before. */
const REAL_FRAMES: Step = { do: 'real-frames' };
/** All is done to make the cards speak, and then they are watched and judged. */
export const PROVOKED: Step[] = [SETTLED, BRING_UP, ASK_DHCP, WATCH];
/** The control: the same cards in the same machine without protection, and every real address is seen. */
export const control = (cards: number): Step[] => [
  UNPROTECT,
  interfacesAppeared(cards),
  SETTLED,
  BRING_UP,
  ASK_DHCP,
  REAL_FRAMES,
  expect('leak'),
];

/** Driver, state and rule of a finding that status must show. */
export type Reported = [driver: string, state: 'failed' | 'mute', rule: string];
const says = ([driver, state, rule]: Reported): Step =>
  statusShows(new RegExp(`\\(${driver}[,)].*: ${state}, .*\\n(?: {6}! .*\\n)*? {6}! .*\\[${rule}\\]`));

/** What else goes on in a boot under faults, see `tamperNetAdd`. */
export interface Besides {
  before?: string;
  always?: string[];
}

/** A boot in which the net-add of each driver's card runs under its faults. */
export function underFaults(
  name: string,
  nics: string[],
  faults: FaultsByDriver,
  reported: Reported[],
  then: Step[] = [],
  { before, always }: Besides = {},
): Scenario {
  return {
    name,
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics,
    overlay: TAMPER_OVERLAY,
    pauses: [{ at: 'top', steps: [tamperNetAdd(faults, before, always)] }],
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

/** The hook looks again, disturbed by nothing but what is always there (`tamperNetAdd`): what it cannot repair it reports, so that both exit statuses are right. */
export const VERIFIED_AGAIN: Step[] = [run(`${HOOK} verify; [ $? -le 1 ]`), ...PROVOKED, expect('safe')];
/** The same where everything can be repaired; a udev that cannot be asked at the moment is asked again. */
export const REPAIRED: Step[] = [
  { do: 'until', command: `${REAL_HOOK} verify` },
  SETTLED,
  BRING_UP,
  FRAMES,
  WATCH,
  expect('spoof'),
];
