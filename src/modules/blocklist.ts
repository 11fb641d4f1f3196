import header from '../../modprobe/header.txt';
import type { Enumeration } from './enumerate.ts';
import { compare } from './tree.ts';

/** Exits non-zero, so that whoever asked for the module learns that it did not load; /bin/true would claim it did. */
export const REFUSE = '/bin/false';

/** The modprobe.d file that keeps the blocked modules of all kernels from loading, by alias, name or dependency. */
export function formatBlocklist(enumeration: Enumeration): string {
  return `${header}\n${blockedNames(enumeration).map(formatModule).join('')}`;
}

/** Names of the blocked modules of all kernels, each once, sorted. */
export function blockedNames({ kernels }: Enumeration): string[] {
  const blocked = kernels.flatMap(({ modules }) => modules.filter((module) => module.blocked));
  return [...new Set(blocked.map(({ name }) => name))].sort(compare);
}

/** An empty softdep list of ours hides the module's own: with one, kmod 30 and 34 pass over `install` (measured). */
function formatModule(name: string): string {
  return `blacklist ${name}\ninstall ${name} ${REFUSE}\nsoftdep ${name} pre:\n`;
}
