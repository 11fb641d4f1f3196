import type { Observation } from './observation.ts';
import { judge, type Verdict } from './verdict.ts';

/** The proof of the detector: the rule of `spoof` applied to real addresses, which it must call leaks. */
export interface Control {
  ok: boolean;
  /** Models whose real address was found, and models that sent frames in which it was missed. */
  caught: string[];
  missed: string[];
}

/** Judges real addresses by the rule of `spoof`: it must find the own address of every card that sent a frame. */
export function controlVerdict(observation: Observation): Control {
  const verdict: Verdict = judge('spoof', observation);
  const sending = observation.nics.filter(({ frames }) => frames.sent > 0);
  const caught = sending.filter(({ nic, leaks }) => {
    const row = verdict.nics[observation.nics.findIndex((other) => other.nic === nic)];
    return row?.verdict === 'LEAK' && leaks.some(({ address }) => address === nic.address);
  });
  const missed = sending.filter((nic) => !caught.includes(nic));
  const names = (list: typeof sending) => list.map(({ nic }) => nic.model.name);
  return { ok: caught.length > 0 && missed.length === 0, caught: names(caught), missed: names(missed) };
}
