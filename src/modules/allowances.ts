import type { PolicyChoices } from '../core/manifest.ts';
import { ruleUnnamed } from './choose.ts';
import type { Creators } from './creators.ts';
import type { ModuleVerdict } from './enumerate.ts';
import type { ModuleFacts } from './module-facts.ts';
import { blockedNeeds } from './needs.ts';
import { DEFAULT_POLICY } from './policy.ts';

/** What comes of allowing one module by its name. */
export interface Allowance {
  name: string;
  /** True when it would be blocked otherwise. */
  needed: boolean;
  /** True when it registers interfaces itself: strict is there to block it. */
  choke: boolean;
  /** Blocked modules that it needs: while there are any, it does not load. */
  waitsFor: string[];
}

/** What comes of each name in `allow` that one kernel has; a name may stand for several files. */
export function findAllowances(
  facts: ModuleFacts[],
  verdicts: ModuleVerdict[],
  creators: Creators,
  choices: PolicyChoices,
): Allowance[] {
  return choices.allow.flatMap((name) => {
    const files = facts.filter((module) => module.name === name);
    if (files.length === 0) return [];
    const choke = files.some((file) => creators.choke.has(file));
    const needed = verdicts
      .filter((verdict) => verdict.name === name)
      .some((verdict) => ruleUnnamed({ ...verdict, choke }, choices, DEFAULT_POLICY).blocked);
    const waitsFor = new Set(files.flatMap((file) => blockedNeeds(file, facts, verdicts)));
    return [{ name, needed, choke, waitsFor: [...waitsFor] }];
  });
}
