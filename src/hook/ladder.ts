import type { InterfaceFacts } from '../core/link.ts';
import { dropsAll } from '../core/mute.ts';
import { recordOf } from '../core/record.ts';
import type { Finding } from '../core/report.ts';
import { SYS_CLASS_NET } from '../paths.ts';
import { type System, SystemError } from '../system/system.ts';
import { attempt, findingsOf } from './attempt.ts';
import { readInterface, readInterfaces } from './inventory.ts';
import { readRecords } from './state.ts';
import { MUTE } from './voice.ts';

/** One rung: what it does, and how the kernel shows that it was done. */
interface Rung {
  name: string;
  climb(system: System, facts: InterfaceFacts): void;
  /** `now` is the interface as it is read back, undefined when it has gone. */
  holds(now: InterfaceFacts | undefined): boolean;
}

/** How the rules of findings about the ladder itself begin. */
export const SHUT_OFF_RULE = 'shut-off-';

const RUNGS: Rung[] = [
  {
    name: 'down',
    climb: (system, facts) => system.setUp(facts.ifindex, false),
    holds: (now) => !now?.up,
  },
  {
    // Taking it down is undone by anyone who brings it up; this is not.
    name: 'mute',
    climb: (system, facts) => system.replaceQdisc(facts.ifindex, MUTE),
    holds: (now) => now === undefined || dropsAll(now),
  },
  {
    name: 'unbind',
    climb: unbind,
    holds: (now) => now === undefined,
  },
];

/** Puts an interface out of reach, rung by rung, each read back before it counts; returns what could not be done. */
export function shutOff(system: System, facts: InterfaceFacts): Finding[] {
  return RUNGS.flatMap((rung) => {
    const rule = `${SHUT_OFF_RULE}${rung.name}`;
    const refused = attempt(rule, () => rung.climb(system, facts));
    const left = findingsOf(rule, () => {
      if (rung.holds(readInterface(system, facts.ifindex))) return [];
      return [{ rule, text: `the step "${rung.name}" did not put it away` }];
    });
    return left.length === 0 ? [] : [...refused, ...left];
  });
}

function unbind(system: System, facts: InterfaceFacts): void {
  // The name may have changed since the facts were read: renames happen in the same udev event.
  const now = readInterface(system, facts.ifindex);
  if (now === undefined) return;
  if (hasVerifiedSibling(system, now))
    throw new SystemError('unbind a device with a verified interface', 'EBUSY');
  const id = now.device.split('/').at(-1) ?? '';
  system.writeAttribute(`${SYS_CLASS_NET}/${now.name}/device/driver/unbind`, id);
}

/** Another port of the card, or the radio's main interface, is right and in use: being down and mute must do then. */
function hasVerifiedSibling(system: System, facts: InterfaceFacts): boolean {
  const siblings = readInterfaces(system).filter(
    (other) => other.device === facts.device && other.ifindex !== facts.ifindex,
  );
  const records = readRecords(system);
  return siblings.some((sibling) => recordOf(sibling, records)?.state === 'verified');
}
