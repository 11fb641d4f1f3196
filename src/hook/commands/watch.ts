import { needsAttention, signature } from '../../core/attention.ts';
import type { InterfaceFacts } from '../../core/link.ts';
import type { Change, System } from '../../system/system.ts';
import { attempt } from '../attempt.ts';
import { readInterfaces } from '../inventory.ts';
import { withLock } from '../lock.ts';
import { handleAll, planFor } from '../run.ts';

/** What was last done something about, by ifindex: what stays as it was then is not touched again and again. */
type Handled = Map<number, string>;

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
  const fresh = all.filter((facts) => handled.get(facts.ifindex) !== signature(facts));
  const isDue = (facts: InterfaceFacts) => needsAttention(facts, planFor(system, facts, all));
  const due = fresh.filter(isDue);
  return due.length > 0 ? handle(system, due) : handled;
}

/** What is due comes first: a radio sends within milliseconds. */
function handle(system: System, due: InterfaceFacts[]): Handled {
  const first = due.map(({ ifindex }) => ifindex);
  withLock(system, () => handleAll(system, [], first));
  return new Map(readInterfaces(system).map((facts) => [facts.ifindex, signature(facts)]));
}
