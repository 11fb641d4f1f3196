import { type MacAddress, parseMac } from '../../src/core/mac.ts';
import type { Sight } from './judge.ts';

/** What an undisturbed hook does after the kill: the same event again, or verify once somebody brought the card up. */
export type Sweep = 'net-add' | 'verify';

/** One kill, and what was seen of the card after it and after the undisturbed hook; `at` null is the run that counts. */
export interface Trial {
  at: number | null;
  struck: boolean;
  /** The calls of the run that counts, by name. */
  calls: string;
  killed: Sight;
  after: Sight;
}

/** The card's real address; a tap reports no permanent one, so that the hook's record alone remembers it. */
export const CARD_ADDRESS = parseMac('00:0e:0c:a7:5e:c1') as MacAddress;

/** What came of a net-add under faults; `unbound` is what was written to the driver's file of that name. */
export interface Faulty {
  log: string;
  after: Sight;
  unbound: string;
}
