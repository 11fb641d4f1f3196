import type { InterfaceFacts } from '../core/link.ts';
import type { Finding } from '../core/report.ts';
import { SYS_CLASS_NET } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';

/** One rung: what it does, and how the kernel shows that it was done. */
interface Rung {
  name: string;
  climb(system: System, facts: InterfaceFacts): void;
  holds(system: System, facts: InterfaceFacts): boolean;
}

/** How the rules of findings about the ladder itself begin. */
export const SHUT_OFF_RULE = 'shut-off-';

const RUNGS: Rung[] = [
  {
    name: 'down',
    climb: (system, facts) => system.setUp(facts.ifindex, false),
    holds: (system, facts) => !present(system, facts)?.up,
  },
  {
    name: 'unbind',
    climb: (system, facts) => unbind(system, facts),
    holds: (system, facts) => present(system, facts) === undefined,
  },
];

/** Puts an interface out of reach, rung by rung, each read back before it counts; returns what could not be done. */
export function shutOff(system: System, facts: InterfaceFacts): Finding[] {
  return RUNGS.flatMap((rung) => {
    const rule = `${SHUT_OFF_RULE}${rung.name}`;
    const refused = attempt(rule, () => rung.climb(system, facts));
    if (rung.holds(system, facts)) return [];
    return [...refused, { rule, text: `the step "${rung.name}" did not put it away` }];
  });
}

function unbind(system: System, facts: InterfaceFacts): void {
  // The name may have changed since the facts were read: renames happen in the same udev event.
  const name = present(system, facts)?.name;
  if (name === undefined) return;
  const device = `${SYS_CLASS_NET}/${name}/device`;
  const id = system.readLink(device).split('/').at(-1) ?? '';
  system.writeAttribute(`${device}/driver/unbind`, id);
}

function present(system: System, facts: InterfaceFacts) {
  return system.links().find((link) => link.ifindex === facts.ifindex);
}
