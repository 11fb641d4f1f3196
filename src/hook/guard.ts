import { guardFor, isInForce } from '../core/guarding.ts';
import type { InterfaceFacts } from '../core/link.ts';
import type { InterfaceRecord } from '../core/record.ts';
import type { Finding } from '../core/report.ts';
import type { System } from '../system/system.ts';
import { attempt, findingsOf } from './attempt.ts';

const RULE = 'guard';

/** Has the kernel drop every frame that a held or failed interface is given to send, also by programs that pass over qdiscs. */
export function closeGuard(system: System, facts: InterfaceFacts, realAddress: string): Finding[] {
  return attempt(RULE, () => system.setGuard(guardFor(facts, realAddress, true)));
}

/**
 * Has the kernel drop what would leave under the real address, and nothing else; nothing at all under `keep`. When that
 * fails, the closed guard of a held card must not stay: a card that sends nothing is of no use.
 */
export function openGuard(system: System, facts: InterfaceFacts, record: InterfaceRecord): Finding[] {
  const wanted = guardFor(facts, record.realAddress, false);
  if (record.decision === 'keep' || wanted.addresses.length === 0)
    return attempt(RULE, () => system.removeGuard(facts.ifindex));
  const refused = attempt(RULE, () => system.setGuard(wanted));
  const left = findingsOf(RULE, () =>
    isInForce(wanted, system.guards()) ? [] : [{ rule: RULE, text: 'its egress guard is not in force' }],
  );
  if (left.length === 0) return [];
  return [...refused, ...left, ...attempt(RULE, () => system.removeGuard(facts.ifindex))];
}

/** The same for a card that was verified before: a guard that is as it should be is left alone. */
export function keepGuard(system: System, facts: InterfaceFacts, record: InterfaceRecord): Finding[] {
  if (record.decision === 'keep') return [];
  const wanted = guardFor(facts, record.realAddress, false);
  const held = findingsOf(RULE, () =>
    isInForce(wanted, system.guards()) ? [] : [{ rule: RULE, text: 'it lost its egress guard' }],
  );
  return held.length === 0 ? [] : openGuard(system, facts, record);
}
