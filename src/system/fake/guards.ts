import type { Guard, GuardState } from '../../core/guard.ts';
import { ethernetOctets } from '../octets.ts';
import { SystemError } from '../system.ts';
import type { FakeMachine } from './machine.ts';

/** Binds the guard to the interface; a kernel without nf_tables refuses, after the adapter has looked for the interface. */
export function setGuard(machine: FakeMachine, guard: Guard, unsupported: boolean): void {
  const { ifindex, addresses, closed } = guard;
  const what = `set the guard of interface ${ifindex}`;
  ethernetOctets(addresses, what);
  const link = machine.link(ifindex, 'set the guard');
  if (unsupported) throw new SystemError(what, 'EOPNOTSUPP');
  link.guard = { addresses: [...addresses], closed, dropped: 0 };
}

/** Takes the guard of the interface away, if there is one. */
export function removeGuard(machine: FakeMachine, ifindex: number): void {
  const link = machine.links.find((one) => one.ifindex === ifindex);
  if (link) link.guard = null;
}

/** The guards of the present interfaces. */
export function guards(machine: FakeMachine): GuardState[] {
  return machine.links.flatMap(({ ifindex, name, guard }) => {
    if (!guard) return [];
    const { addresses, closed, dropped } = guard;
    return [{ ifindex, name, addresses: [...addresses], closed, dropped }];
  });
}
