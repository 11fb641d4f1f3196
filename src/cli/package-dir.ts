import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EMBEDDED } from './embedded.ts';
import { CliError, EXIT } from './errors.ts';
import { unpackEmbedded } from './unpack-embedded.ts';

/**
 * The folder that holds package.json, hooks/ and dist/: what the executable carries, or the nearest one above the running
 * bundle, which stands in dist/ (for users) or .cache/tests/ (in tests).
 */
export function packageDir(): string {
  return EMBEDDED === null ? packageAbove(dirname(fileURLToPath(import.meta.url))) : unpackEmbedded(EMBEDDED);
}

/** The nearest folder of a package above this one; throws a CliError without one. */
export function packageAbove(from: string): string {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'package.json')) && existsSync(join(directory, 'hooks'))) return directory;
    if (directory === dirname(directory)) break;
  }
  const hint = 'run macveil from its own folder: dist/macveil.mjs beside hooks/ and package.json';
  throw new CliError(
    EXIT.input,
    `no macveil package above ${from}: package.json and hooks/ are missing`,
    hint,
  );
}
