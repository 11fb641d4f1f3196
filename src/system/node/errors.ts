import { SystemError } from '../system.ts';

/** Makes the call; Node's error becomes a SystemError that says what was tried. */
export function nodeError<T>(what: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new SystemError(what, code);
  }
}
