import { guardSignature, needsAttention, signature } from '../../core/attention.ts';
import { unguarded } from '../../core/guarding.ts';
import type { InterfaceFacts } from '../../core/link.ts';
import type { InterfaceRecord } from '../../core/record.ts';
import type { Change, System } from '../../system/system.ts';
import { attempt } from '../attempt.ts';
import { readInterfaces } from '../inventory.ts';
import { withLock } from '../lock.ts';
import { handleAll, whichAre } from '../run.ts';
import { readRecords } from '../state.ts';
import { tellingDevices } from '../wireless-devices.ts';

/**
 * How everything looked after something was done about it, by ifindex, and the guards under 0: what could not be put right
 * is not tried again as long as it looks the same.
 */
type Handled = Map<number, string>;

/** No interface has it (include/net/net_namespace.h). */
const GUARDS = 0;

/**
 * Looks again whenever the kernel tells that something changed, and acts where an interface is not as decided; ends
 * only with the machine, or by a refusal of the kernel. Without a change it does not run at all.
 */
export function watch(system: System): never {
  const handled: Handled = new Map();
  for (;;) {
    const change = system.waitForChange();
    const failed = attempt('watch', () => respond(system, change, handled));
    for (const { text } of failed) system.log('err', `watch: ${text}`);
  }
}

function respond(system: System, change: Change, handled: Handled): void {
  // After suspend drivers and firmware may have started anew: everything is looked at, however it seems.
  if (change === 'begun' || change === 'clock') handle(system, [], handled);
  // Only when told so: one that cannot be removed is not tried again with every change of a link.
  else if (change === 'radios' && tellingDevices(system).length > 0) handle(system, [], handled);
  // Again until all is well: what changed while something was done is not known to be right.
  for (let due = whatIsDue(system, handled); due !== null; due = whatIsDue(system, handled))
    handle(system, due, handled);
}

/** The interfaces that need attention; none of them, when a guard is lost; null when there is nothing to do. */
function whatIsDue(system: System, handled: Handled): InterfaceFacts[] | null {
  const [all, records] = [readInterfaces(system), readRecords(system)];
  const due = whichAre(needsAttention, system, all, records).filter(
    (facts) => handled.get(facts.ifindex) !== signature(facts),
  );
  return due.length > 0 || isGuardLost(system, all, records, handled) ? due : null;
}

/**
 * Whoever flushes all of nftables takes our guards away as well, and since 6.16 a rename does so; the kernel tells of
 * every change, also of other programs' rules.
 */
function isGuardLost(
  system: System,
  all: InterfaceFacts[],
  records: InterfaceRecord[],
  handled: Handled,
): boolean {
  const guards = system.guards();
  if (handled.get(GUARDS) === guardSignature(guards)) return false;
  return unguarded(all, records, guards).length > 0;
}

/** What is due comes first: a radio sends within milliseconds. Only what was seen to is remembered. */
function handle(system: System, due: InterfaceFacts[], handled: Handled): void {
  const first = due.map(({ ifindex }) => ifindex);
  withLock(system, () => handleAll(system, [], first));
  for (const facts of readInterfaces(system))
    if (first.includes(facts.ifindex)) handled.set(facts.ifindex, signature(facts));
  handled.set(GUARDS, guardSignature(system.guards()));
}
