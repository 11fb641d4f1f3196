import header from '../../modprobe/header.txt';
import { blockLines } from '../core/block-lines.ts';
import type { Enumeration } from './enumerate.ts';
import { compare } from './tree.ts';

/** The modprobe.d file that keeps the blocked modules of all kernels from loading, by alias, name or dependency. */
export function formatBlocklist(enumeration: Enumeration): string {
  return `${header}\n${blockedNames(enumeration).map(blockLines).join('')}`;
}

/** Names of the blocked modules of all kernels, each once, sorted. */
export function blockedNames({ kernels }: Enumeration): string[] {
  const blocked = kernels.flatMap(({ modules }) => modules.filter((module) => module.blocked));
  return [...new Set(blocked.map(({ name }) => name))].sort(compare);
}
