import type { DecisionState } from '../core/decision.ts';
import { type EarlyInterface, earlyFindings, earlyInterface } from '../core/early.ts';
import { nameOfInterface } from '../core/format.ts';
import { dropsAll } from '../core/mute.ts';
import { type System, SystemError } from '../system/system.ts';
import { attempt } from './attempt.ts';
import { readInterfaces } from './inventory.ts';
import { writeEarly } from './state.ts';
import { silence } from './voice.ts';

/**
 * Silences the cards that are there already (a built-in driver, a module that was loaded first) and remembers them. The
 * mute default is for those that come up later; these get a qdisc of their own at once. Throws when one is not silent
 * then: what does not hold here would not hold for the others.
 */
export function silencePresent(system: System): EarlyInterface[] {
  const found = readInterfaces(system).filter(({ physical }) => physical);
  if (found.length === 0) return [];
  const refused = found.flatMap((facts) => attempt('silence', () => silence(system, facts)));
  const now = readInterfaces(system);
  const sent = (ifindex: number) => now.find((one) => one.ifindex === ifindex)?.txPackets;
  const early = found.map((facts) => earlyInterface(facts, sent(facts.ifindex) ?? facts.txPackets));
  writeEarly(system, early);
  for (const { text } of refused) system.log('err', text);
  const loud = now.find((facts) => facts.physical && (facts.up || !dropsAll(facts)));
  if (loud) throw new SystemError(`silence ${nameOfInterface(loud)}, which is there already`, 'EIO');
  return early;
}

/** Says which cards were there; one that was up is a matter for the console. */
export function announceEarly(system: System, early: EarlyInterface[], decision: DecisionState): void {
  for (const one of early)
    system.log(
      'info',
      `${nameOfInterface(one)} was there before the decision; it is mute until it is handled`,
    );
  for (const { text, rule } of earlyFindings(early, decision)) system.log('err', `${text} [${rule}]`);
}
