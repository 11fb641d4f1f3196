import { CliError, EXIT } from '../cli/errors.ts';
import { QEMU } from './qemu-arguments.ts';

/** What QEMU says when it cannot start, and what helps. */
const HINTS: [RegExp, string][] = [
  [/Cannot allocate memory/, 'a live boot needs 2 GB of memory: free some, then run the command again'],
  [/not a valid device model/, 'this QEMU was built without that card: choose others with --nics'],
  [/UNIX socket path/, 'the temporary folder has too long a name: set TMPDIR to a shorter one'],
  [/No space left/, 'free some space there and run the command again'],
  [/Permission denied/, 'run the command as a user who may read and write what the message names'],
];
const OTHERWISE = `the message names the cause; does "${QEMU} --version" work?`;

/** The error of a QEMU that never ran its guest: `said` is its standard error, `why` what was waited for in vain. */
export function startError(code: string | undefined, said: string, why: string): CliError {
  if (code === 'ENOENT') {
    return new CliError(EXIT.tool, `${QEMU} is not installed`, 'install the package qemu-system-x86');
  }
  const words = said.trim() || why;
  const hint = HINTS.find(([pattern]) => pattern.test(words))?.[1] ?? OTHERWISE;
  return new CliError(EXIT.tool, `QEMU does not start: ${words}`, hint);
}
