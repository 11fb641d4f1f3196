import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from '../image/build-error.mjs';

/** The release of the one kernel of a root. */
export function releaseOf(root) {
  const [release, ...others] = readdirSync(join(root, 'usr/lib/modules'));
  if (release !== undefined && others.length === 0) return release;
  throw new BuildError(`${root} does not hold exactly one kernel`, `remove ${root} and run this again`);
}
