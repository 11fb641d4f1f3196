import type { Finding } from '../core/report.ts';
import { SystemError } from '../system/system.ts';

/** Runs `act`; a refusal of the kernel becomes a finding of `rule`, anything else is a defect and goes on up. */
export function attempt(rule: string, act: () => void): Finding[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return [{ rule, text: error.message }];
  }
}
