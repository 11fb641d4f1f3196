import type { KernelAnalysis } from '../modules/enumerate.ts';
import { isAskable } from './batches.ts';
import type { BootName } from './boot-names.ts';
import type { ConfigLine } from './modprobe-config.ts';
import { exampleOf } from './pattern.ts';

/** One way in which something may ask for a module; what stands first is the plainest. */
export interface Way {
  /** What modprobe is asked for. */
  query: string;
  how: 'name' | 'boot' | 'alias' | 'own-alias';
  /** The file and line that make it a way; '' for names and for aliases of modules themselves. */
  place: string;
}

/** Every way of asking: all modules by name, blocked ones by their aliases and symbols, configured aliases, boot lists. */
export function waysOf(
  kernel: Pick<KernelAnalysis, 'facts' | 'modules'>,
  names: Iterable<string>,
  lines: ConfigLine[],
  boot: BootName[],
): Way[] {
  const ways: Way[] = [...names].map((name) => ({ query: name, how: 'name', place: '' }));
  ways.push(...boot.map(({ name, place }): Way => ({ query: name, how: 'boot', place })));
  for (const { keyword, name, place } of lines) {
    if (keyword === 'alias') ways.push({ query: exampleOf(name), how: 'alias', place });
  }
  for (const query of ownAliases(kernel)) ways.push({ query, how: 'own-alias', place: '' });
  return ways.filter(({ query }) => isAskable(query));
}

/** The aliases of blocked modules, and the symbols by which the kernel may ask for them (`symbol:`, __symbol_get). */
export function ownAliases({ facts, modules }: Pick<KernelAnalysis, 'facts' | 'modules'>): Set<string> {
  const blocked = blockedNames(modules);
  const aliases = new Set<string>();
  for (const module of facts) {
    if (!blocked.has(module.name)) continue;
    for (const alias of module.aliases) aliases.add(exampleOf(alias));
    for (const symbol of module.exports) aliases.add(`symbol:${symbol}`);
  }
  return aliases;
}

/** Names of the modules of a kernel that must not load. */
export function blockedNames(modules: KernelAnalysis['modules']): Set<string> {
  return new Set(modules.filter(({ blocked }) => blocked).map(({ name }) => name));
}
