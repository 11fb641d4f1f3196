import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, EXIT } from './errors.ts';
import { packageDir } from './package-dir.ts';

/** The command line as one executable: the file that was named, or the one that was built; throws a CliError without one. */
export function programFile(named: string | undefined): string {
  const file = named ?? join(packageDir(), 'dist/macveil');
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new CliError(
    EXIT.input,
    `the executable ${file} does not exist`,
    'build it with: npm run executable; or name one with --program',
  );
}
