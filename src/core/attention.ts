import type { GuardState } from './guard.ts';
import type { InterfaceFacts } from './link.ts';
import { dropsAll, isMute, lacksVoice } from './mute.ts';
import { needsVoice, type Plan } from './plan.ts';

/**
 * True when an interface is not as its plan wants it, so that somebody has to act now. One that just appeared and is
 * mute is left to its udev event, which is on its way; not a radio's, which no qdisc holds: iwd makes the interfaces of a
 * radio anew, and brings them up without waiting for udev.
 */
export function needsAttention(facts: InterfaceFacts, plan: Plan): boolean {
  switch (plan.act) {
    case 'release':
      return needsVoice(facts);
    case 'speak':
      return lacksVoice(facts);
    case 'silence':
    case 'change':
      return facts.wireless || facts.up || !isMute(facts);
    case 'put-away':
      return plan.record?.state !== 'failed' || facts.up || !dropsAll(facts);
    case 'none':
      return false;
  }
}

/** The same for whoever looks at everything (`verify`): what its udev event left undone is due as well. */
export function isDue(facts: InterfaceFacts, plan: Plan): boolean {
  if (plan.act === 'change' || plan.act === 'put-away') return true;
  if (plan.act === 'silence') return facts.up || !dropsAll(facts);
  return needsAttention(facts, plan);
}

/** What can become wrong with an interface, as one text: as long as it stays the same, looking again is of no use. */
export function signature({ name, address, up, master, qdisc, leafQdiscs }: InterfaceFacts): string {
  return [name, address, up, master, qdisc, ...leafQdiscs].join(' ');
}

/** The same for all guards; how much they dropped does not matter. */
export function guardSignature(guards: GuardState[]): string {
  return guards
    .map(({ ifindex, name, addresses, closed }) => [ifindex, name, closed, ...addresses].join(' '))
    .join();
}
