import type { ModuleFacts } from '../modules/module-facts.ts';
import type { ConfigLine } from './modprobe-config.ts';
import { fits } from './pattern.ts';
import type { Way } from './ways.ts';

/** What the words of a way are made from: modules by name, and the configuration in force. */
export interface Surroundings {
  facts: ReadonlyMap<string, ModuleFacts>;
  lines: ConfigLine[];
  honoursInstall: boolean;
  /** How many kmods were asked. */
  kmods: number;
}

/** How a module gets in, in words: by name, by an alias, as a dependency, by a softdep. */
export function describeWay(module: string, { query, how, place }: Way, around: Surroundings): string {
  if (how === 'boot') return `at boot by ${query} in ${place}`;
  if (how === 'alias') return `by the alias ${query} of ${place}`;
  if (how === 'own-alias') return `by alias (${query})`;
  if (query === module) return `by name (modprobe ${query})`;
  const needed = closure(query, around.facts);
  if (needed.has(module)) return `as a dependency of ${query}`;
  const softdep = around.lines.find((line) => isSoftdepOn(line, module, needed));
  return softdep ? `by the softdep of ${query} in ${softdep.place}` : `by a softdep of ${query}`;
}

function isSoftdepOn({ keyword, name, rest }: ConfigLine, module: string, needed: Set<string>): boolean {
  const wanted = rest.split(/\s+/).map((word) => word.replaceAll('-', '_'));
  return keyword === 'softdep' && wanted.includes(module) && [...needed].some((other) => fits(name, other));
}

/** A module and all it depends on. */
function closure(name: string, facts: ReadonlyMap<string, ModuleFacts>): Set<string> {
  const found = new Set([name]);
  // A set hands out what is added while it is walked.
  for (const at of found) for (const needed of facts.get(at)?.depends ?? []) found.add(needed);
  return found;
}
