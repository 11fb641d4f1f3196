import type { System } from '../../src/system/system.ts';
import type { Case } from './case.ts';
import { fileCases } from './files.ts';
import { frameCases } from './frames.ts';
import { guardCases } from './guards.ts';
import { linkCases } from './links.ts';
import { lockCases } from './lock.ts';
import { programCases } from './programs.ts';
import { qdiscCases } from './qdiscs.ts';
import { removalCases } from './removal.ts';
import { waitingCases } from './waiting.ts';

/** Everything the port promises, for every adapter. */
export const CASES: Case[] = [
  ...fileCases,
  ...linkCases,
  ...qdiscCases,
  ...guardCases,
  ...frameCases,
  ...lockCases,
  ...programCases,
  ...removalCases,
  ...waitingCases,
];

/** How one case ended; `error` is '' when it holds. */
export interface Outcome {
  title: string;
  error: string;
}

/** Runs the cases that need no privilege to be absent, or, when powerless, only those that do. */
export function runSuite(system: System, powerless: boolean, report: (outcome: Outcome) => void): void {
  for (const one of CASES) {
    if ((one.needs?.includes('no-privilege') ?? false) !== powerless) continue;
    report({ title: one.title, error: tryCase(one, system) });
  }
}

/** Why a case does not hold; '' when it does. */
export function tryCase(one: Case, system: System): string {
  try {
    one.run(system);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
}
