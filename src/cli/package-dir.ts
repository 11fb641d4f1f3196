import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError, EXIT } from './errors.ts';

/**
 * The folder that holds package.json, hooks/ and dist/: the nearest one above the running bundle, which stands in
 * dist/ (for users) or .cache/tests/ (in tests).
 */
export function packageDir(from = dirname(fileURLToPath(import.meta.url))): string {
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
