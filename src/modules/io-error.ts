import { CliError, EXIT } from '../cli/errors.ts';
import { refusedWords } from '../cli/failure.ts';

/** The error for people when the system refuses to read or write `path`. */
export function ioError(error: NodeJS.ErrnoException, path: string): CliError {
  const denied = error.code === 'EACCES' || error.code === 'EPERM';
  const hint = denied ? 'run the command as root (sudo)' : 'check the path and the disk it is on';
  return new CliError(EXIT.io, `${path}: ${refusedWords(error.code ?? '') ?? error.message}`, hint);
}
