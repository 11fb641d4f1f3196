import type { InterfaceFacts } from '../core/link.ts';
import { dropsAll } from '../core/mute.ts';
import { type Away, recordOf } from '../core/record.ts';
import type { Finding } from '../core/report.ts';
import type { System } from '../system/system.ts';
import { attempt, findingsOf } from './attempt.ts';
import { readInterfaces, refresh } from './inventory.ts';
import { isNetworkOff, shutNetworking } from './network-off.ts';
import { blockRadio, isRadioBlocked } from './radios.ts';
import { readRecords } from './state.ts';
import { unbind } from './unbind.ts';
import { unload } from './unload.ts';
import { MUTE } from './voice.ts';

/** One rung: what it does, and how the kernel shows that it was done. */
interface Rung {
  name: string;
  climb(system: System, facts: InterfaceFacts): void;
  /** `now` is the interface as it is read back, undefined when it has gone. */
  holds(system: System, now: InterfaceFacts | undefined): boolean;
}

/** How the rules of findings about the ladder itself begin. */
export const SHUT_OFF_RULE = 'shut-off-';

/** Undone by whoever brings the interface up (the first), gives it another qdisc or unblocks the radio: never enough alone. */
const HOLDING: Rung[] = [
  {
    name: 'down',
    climb: (system, facts) => system.setUp(facts.ifindex, false),
    holds: (_, now) => !now?.up,
  },
  {
    name: 'mute',
    climb: (system, facts) => system.replaceQdisc(facts.ifindex, MUTE),
    holds: (_, now) => now === undefined || dropsAll(now),
  },
  {
    name: 'radio',
    climb: blockRadio,
    holds: (system, now) => now === undefined || isRadioBlocked(system, now),
  },
];

const hasGone = (_: System, now: InterfaceFacts | undefined) => now === undefined;

/** Each takes more along than the one before: this device, every device of its driver, every network of the machine. */
const REMOVING: (Rung & { away: Away })[] = [
  { name: 'unbind', climb: unbind, holds: hasGone, away: 'unbound' },
  { name: 'unload', climb: unload, holds: hasGone, away: 'unloaded' },
  { name: 'all-off', climb: shutNetworking, holds: isNetworkOff, away: 'all-off' },
];

/** Puts an interface out of reach, rung by rung, each read back before it counts; says how far, and what could not be done. */
export function climbLadder(system: System, facts: InterfaceFacts): { away: Away; findings: Finding[] } {
  const findings = HOLDING.flatMap((rung) => climb(system, facts, rung));
  if (findings.length === 0 && mustStay(system, facts)) return { away: 'held', findings };
  for (const rung of REMOVING) {
    const left = climb(system, facts, rung);
    findings.push(...left);
    if (left.length === 0) return { away: rung.away, findings };
  }
  return { away: 'held', findings };
}

/** What holds already is not done again: a card that is handled once more must not stop every manager once more. */
function climb(system: System, facts: InterfaceFacts, rung: Rung): Finding[] {
  const rule = `${SHUT_OFF_RULE}${rung.name}`;
  const check = () =>
    findingsOf(rule, () => {
      if (rung.holds(system, refresh(system, facts))) return [];
      return [{ rule, text: `the step "${rung.name}" did not put it away` }];
    });
  if (check().length === 0) return [];
  const refused = attempt(rule, () => rung.climb(system, facts));
  const left = check();
  return left.length === 0 ? [] : [...refused, ...left];
}

/**
 * Another port of the card is verified and in use: being down and mute must do then. Not for a radio, whose management
 * frames pass no qdisc.
 */
function mustStay(system: System, facts: InterfaceFacts): boolean {
  if (facts.wireless) return false;
  const records = readRecords(system);
  const siblings = readInterfaces(system).filter(
    (other) => other.device === facts.device && other.ifindex !== facts.ifindex,
  );
  return siblings.some((sibling) => recordOf(sibling, records)?.state === 'verified');
}
