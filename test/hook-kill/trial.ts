import { type MacAddress, parseMac } from '../../src/core/mac.ts';
import type { Struck } from './every-call.ts';
import type { Sight } from './judge.ts';

/** What an undisturbed hook does after the kill: the same event again, or verify once somebody brought the card up. */
export type Sweep = 'net-add' | 'verify';

/** One kill of net-add, and what was seen of the card after it and after the undisturbed hook. */
export interface Trial extends Struck {
  killed: Sight;
  after: Sight;
}

/** Whether drivers may load, and what the kernel and the root's systemd-sysctl would make of a new interface. */
export interface Gate {
  unblocked: boolean;
  mute: string;
  sysctl: string;
}

/** One kill of unblock; there is no card as long as its driver was not loaded. */
export interface UnblockTrial extends Struck {
  gate: Gate;
  killed: Sight | null;
  after: Sight | null;
}

/** The card's real address; a tap reports no permanent one, so that the hook's record alone remembers it. */
export const CARD_ADDRESS = parseMac('00:0e:0c:a7:5e:c1') as MacAddress;

/** What came of a net-add under faults; `unbound` is what was written to the driver's file of that name. */
export interface Faulty {
  log: string;
  after: Sight;
  unbound: string;
}
