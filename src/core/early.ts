import type { DecisionState } from './decision.ts';
import { nameOfInterface } from './format.ts';
import type { InterfaceFacts } from './link.ts';
import type { Finding } from './report.ts';

/** A card that was there before the decision: its driver is built in, or something loaded it first. */
export interface EarlyInterface {
  ifindex: number;
  name: string;
  driver: string;
  model: string;
  permanentAddress: string;
  /** Somebody had brought it up. */
  up: boolean;
  /** Frames it had sent when it was silenced. */
  txPackets: number;
}

/** What is remembered of a card that was found by `early`; frames as they were counted once it was silent. */
export function earlyInterface(facts: InterfaceFacts, txPackets: number): EarlyInterface {
  const { ifindex, name, driver, model, permanentAddress, up } = facts;
  return { ifindex, name, driver, model, permanentAddress, up, txPackets };
}

/** True for the very same card; after a driver made it anew it has another ifindex. */
export function wasEarly({ ifindex }: { ifindex: number }, early: EarlyInterface[]): boolean {
  return early.some((one) => one.ifindex === ifindex);
}

/**
 * Being there is no fault; being up is one, because frames may have left before anything could be decided. Under
 * `keep` the real address is meant to be seen.
 */
export function earlyFindings(early: EarlyInterface[], { decision }: DecisionState): Finding[] {
  if (decision === 'keep') return [];
  return early.filter(({ up, txPackets }) => up || txPackets > 0).map(earlyFinding);
}

function earlyFinding(one: EarlyInterface): Finding {
  const sent =
    one.txPackets > 0
      ? `and sent ${one.txPackets} frames: its real address may have been seen`
      : 'and sent nothing';
  return { rule: 'before-decision', text: `${nameOfInterface(one)} was up before the decision, ${sent}` };
}
