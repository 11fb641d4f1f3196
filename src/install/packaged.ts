import { existsSync, readFileSync } from 'node:fs';
import { PACKAGED } from '../paths.ts';
import { locate } from './root.ts';

/** The paths in a root that belong to a distribution's package of the hook; none without it. */
export function packagedPaths(root: string): Set<string> {
  const host = locate(root, PACKAGED);
  return new Set(existsSync(host) ? readFileSync(host, 'utf8').split('\n') : []);
}
