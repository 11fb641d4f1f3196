import type { GuestShell } from './agent.ts';
import { type Control, controlVerdict } from './control.ts';
import type { Nic } from './nics.ts';
import type { Observation } from './observation.ts';
import { observe, searchCaptures } from './observe.ts';
import type { Rule } from './scenario.ts';
import { judge, type Verdict } from './verdict.ts';

/** One `expect` step as it turned out; `control` belongs to the rule of `keep`. */
export interface Check {
  verdict: Verdict;
  control: Control | null;
  observation: Observation;
}

/** Judges the machine as it stands now. */
export async function check(
  agent: GuestShell,
  nics: readonly Nic[],
  capture: (nic: Nic) => string,
  rule: Rule,
): Promise<Check> {
  return judged(rule, await observe(agent, nics, capture, rule));
}

/** The same check over the captures as they are now, when the machine has stopped: nothing captured stays unsearched. */
export async function checkAgain(
  { verdict, observation }: Check,
  capture: (nic: Nic) => string,
): Promise<Check> {
  const traffic = await searchCaptures(
    observation.nics.map(({ nic }) => nic),
    capture,
  );
  const nics = observation.nics.map((nic, at) => ({ ...nic, ...traffic[at] }));
  return judged(verdict.rule, { ...observation, nics });
}

function judged(rule: Rule, observation: Observation): Check {
  const control = rule === 'keep' ? controlVerdict(observation) : null;
  return { verdict: judge(rule, observation), control, observation };
}
