import type { ModuleFacts } from './module-facts.ts';

/** Blocked modules that a module needs, directly or not: without them it does not load either. */
export function blockedNeeds(
  module: ModuleFacts,
  facts: ModuleFacts[],
  verdicts: { name: string; blocked: boolean }[],
): string[] {
  const blocked = new Set(verdicts.filter((one) => one.blocked).map(({ name }) => name));
  const depends = new Map(facts.map((one) => [one.name, one.depends]));
  const needs = new Set(module.depends);
  // A set is walked in order of insertion, additions included.
  for (const need of needs) for (const name of depends.get(need) ?? []) needs.add(name);
  return [...needs].filter((name) => blocked.has(name));
}
