import { CliError, EXIT } from './errors.ts';

/** What a failed command tells its user: one message, what to do next, and the exit code. */
export interface Failure {
  message: string;
  hint: string;
  exitCode: number;
}

interface ErrnoError extends Error {
  code: string;
  syscall?: string;
  path?: string;
}

/** errno names of reads and writes the machine refused (errno(3)), each with its words and what helps. */
const REFUSED: Record<string, { words: string; hint: string }> = {
  ENOSPC: { words: 'the disk is full', hint: 'free some space there and run the command again' },
  EDQUOT: { words: 'the disk quota is used up', hint: 'free some space there and run the command again' },
  EFBIG: { words: 'the file would be larger than is allowed there', hint: 'raise the limit (ulimit -f)' },
  EACCES: {
    words: 'permission denied',
    hint: 'run the command as root (sudo), or change who may write there',
  },
  EPERM: { words: 'the operation is not permitted', hint: 'run the command as root (sudo)' },
  EROFS: { words: 'the file system is read-only', hint: 'remount it read-write, or name another place' },
  EIO: { words: 'the disk reports an error', hint: 'see dmesg; the disk may be failing' },
  EMFILE: { words: 'too many files are open', hint: 'raise the limit (ulimit -n)' },
};

/** errno names of paths that are not what they should be, each with its words. */
const MISPLACED: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not below a folder',
  EISDIR: 'is a folder',
  ELOOP: 'is a link that leads in a circle',
};

/** Turns whatever a command threw into words for people; what nobody foresaw is a defect and says so. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CliError)
    return { message: error.message, hint: error.hint, exitCode: error.exitCode };
  return (
    (isErrno(error) && (missingTool(error) ?? refusedAccess(error) ?? missingPath(error))) || defect(error)
  );
}

/** The words for a failed read or write; null for an errno name that has none. */
export function errnoWords(code: string): string | null {
  return REFUSED[code]?.words ?? MISPLACED[code] ?? null;
}

function isErrno(error: unknown): error is ErrnoError {
  return error instanceof Error && typeof (error as Partial<ErrnoError>).code === 'string';
}

// Node names the call in `syscall` ("spawn xorriso"); execa keeps that error as its cause.
function missingTool(error: ErrnoError): Failure | null {
  const inner = isErrno(error.cause) ? error.cause : error;
  const program = /^spawn(?:Sync)? (.+)$/.exec(inner.syscall ?? '')?.[1];
  if (inner.code !== 'ENOENT' || !program) return null;
  const hint = `install the package that holds ${program}, then run the command again`;
  return { message: `${program} is not installed`, hint, exitCode: EXIT.tool };
}

function refusedAccess(error: ErrnoError): Failure | null {
  const known = REFUSED[error.code];
  if (!known) return null;
  const where = error.path ?? 'standard output or an open file';
  return { message: `${where}: ${known.words}`, hint: known.hint, exitCode: EXIT.io };
}

function missingPath(error: ErrnoError): Failure | null {
  const words = MISPLACED[error.code];
  if (!error.path || !words) return null;
  return {
    message: `${error.path} ${words}`,
    hint: 'check the path for typing errors',
    exitCode: EXIT.input,
  };
}

function defect(error: unknown): Failure {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const hint = 'this is a defect in macveil: please report it with the lines above and the command you ran';
  return { message: `unexpected error\n${stack}`, hint, exitCode: EXIT.internal };
}
