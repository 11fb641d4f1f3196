import type { Finding } from '../core/report.ts';
import { SystemError } from '../system/system.ts';

/** Runs `act` for its findings; a refusal of the kernel is one more, of `rule`; anything else is a defect and goes on up. */
export function findingsOf(rule: string, act: () => Finding[]): Finding[] {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return [{ rule, text: error.message }];
  }
}

/** The same for an act that finds nothing by itself. */
export function attempt(rule: string, act: () => void): Finding[] {
  return findingsOf(rule, () => {
    act();
    return [];
  });
}
