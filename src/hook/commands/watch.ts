import { guardSignature, needsAttention, signature } from '../../core/attention.ts';
import { unguarded } from '../../core/guarding.ts';
import type { InterfaceFacts } from '../../core/link.ts';
import type { Change, System } from '../../system/system.ts';
import { attempt } from '../attempt.ts';
import { readInterfaces } from '../inventory.ts';
import { withLock } from '../lock.ts';
import { handleAll, planFor } from '../run.ts';
import { readRecords } from '../state.ts';

/** What was last done something about, by ifindex, and the guards under 0: what stays as it was then is not touched again and again. */
type Handled = Map<number, string>;

/** No interface has it (include/net/net_namespace.h). */
const GUARDS = 0;

/**
 * Looks again whenever the kernel tells that something changed, and acts where an interface is not as decided; ends
 * only with the machine, or by a refusal of the kernel. Without a change it does not run at all.
 */
export function watch(system: System): never {
  let handled: Handled = new Map();
  for (;;) {
    const change = system.waitForChange();
    for (const { text } of attempt('watch', () => {
      handled = respond(system, change, handled);
    }))
      system.log('err', `watch: ${text}`);
  }
}

function respond(system: System, change: Change, handled: Handled): Handled {
  // After suspend drivers and firmware may have started anew: everything is looked at, however it seems.
  if (change === 'begun' || change === 'clock') return handle(system, []);
  const all = readInterfaces(system);
  if (isGuardLost(system, all, handled)) return handle(system, []);
  const fresh = all.filter((facts) => handled.get(facts.ifindex) !== signature(facts));
  const isDue = (facts: InterfaceFacts) => needsAttention(facts, planFor(system, facts, all));
  const due = fresh.filter(isDue);
  return due.length > 0 ? handle(system, due) : handled;
}

/**
 * Whoever flushes all of nftables takes our guards away as well, and since 6.16 a rename does so; the kernel tells of
 * every change, also of other programs' rules.
 */
function isGuardLost(system: System, all: InterfaceFacts[], handled: Handled): boolean {
  const guards = system.guards();
  if (handled.get(GUARDS) === guardSignature(guards)) return false;
  return unguarded(all, readRecords(system), guards).length > 0;
}

/** What is due comes first: a radio sends within milliseconds. */
function handle(system: System, due: InterfaceFacts[]): Handled {
  const first = due.map(({ ifindex }) => ifindex);
  withLock(system, () => handleAll(system, [], first));
  const seen = readInterfaces(system).map((facts): [number, string] => [facts.ifindex, signature(facts)]);
  return new Map([...seen, [GUARDS, guardSignature(system.guards())]]);
}
