import { nameOfInterface } from './format.ts';
import type { Guard, GuardState } from './guard.ts';
import type { InterfaceFacts } from './link.ts';
import { parseMac } from './mac.ts';
import { type InterfaceRecord, recordOf } from './record.ts';
import type { Finding } from './report.ts';

/** The guard that an interface is to have: against its real addresses, or closed, while it is held or put away. */
export function guardFor(facts: InterfaceFacts, realAddress: string, closed: boolean): Guard {
  const { ifindex, name, permanentAddress } = facts;
  const real = [realAddress, permanentAddress].flatMap((text) => parseMac(text) ?? []);
  return { ifindex, name, addresses: [...new Set(real)].sort(), closed };
}

/** True when a guard of this kind is in force, whatever it dropped so far. */
export function isInForce(wanted: Guard, guards: GuardState[]): boolean {
  const found = guards.find(({ ifindex }) => ifindex === wanted.ifindex);
  return (
    found !== undefined &&
    found.name === wanted.name &&
    found.closed === wanted.closed &&
    [...found.addresses].sort().join() === wanted.addresses.join()
  );
}

/** Verified cards without the guard they should have; a card that keeps its own address needs none. */
export function unguarded(
  interfaces: InterfaceFacts[],
  records: InterfaceRecord[],
  guards: GuardState[],
): InterfaceFacts[] {
  return interfaces.filter((facts) => lacksGuard(facts, recordOf(facts, records), guards));
}

/** One finding for all of them. */
export function guardFindings(...machine: Parameters<typeof unguarded>): Finding[] {
  const open = unguarded(...machine);
  if (open.length === 0) return [];
  const names = open.map(nameOfInterface).join(', ');
  const text = `no egress guard: only watching keeps ${names} from sending if something gives its real address back; is nf_tables there?`;
  return [{ rule: 'guard', text }];
}

function lacksGuard(facts: InterfaceFacts, record: InterfaceRecord | null, guards: GuardState[]): boolean {
  if (record?.state !== 'verified' || record.decision !== 'spoof' || !facts.physical) return false;
  const wanted = guardFor(facts, record.realAddress, false);
  return wanted.addresses.length > 0 && !isInForce(wanted, guards);
}
