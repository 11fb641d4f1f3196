import { CliError, EXIT } from './errors.ts';
import { errnoWords } from './failure.ts';

/** The error for people when the system refuses to read or write `path`. */
export function ioError(error: NodeJS.ErrnoException, path: string): CliError {
  const denied = error.code === 'EACCES' || error.code === 'EPERM';
  const hint = denied ? 'run the command as root (sudo)' : 'check the path and the disk it is on';
  return new CliError(EXIT.io, `${path}: ${errnoWords(error.code ?? '') ?? error.message}`, hint);
}
