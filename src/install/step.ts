import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Entry } from './entry.ts';
import { locate } from './root.ts';

/** One change of a root, with the place on this host; `apply` does all of a list or none. */
export type Step =
  | { do: 'mkdir'; host: string }
  | { do: 'create' | 'replace'; host: string; entry: Entry }
  | { do: 'remove'; host: string; path: string };

/** The folders that must be made before these entries can be placed, parents first. */
export function missingFolders(root: string, paths: string[]): string[] {
  const missing = new Set<string>();
  for (const path of paths) {
    for (let host = dirname(locate(root, path)); !exists(host); host = dirname(host)) missing.add(host);
  }
  return [...missing].sort();
}

function exists(host: string): boolean {
  return lstatSync(host, { throwIfNoEntry: false }) !== undefined;
}
