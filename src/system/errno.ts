import { SystemError } from './system.ts';

/** Makes the call; its failure becomes a SystemError that says what was tried, with the kernel's own words if any. */
export function attempt<T>(what: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string };
    if (typeof code !== 'string') throw error;
    throw new SystemError(message ? `${what} (${message})` : what, code);
  }
}

/** The errno name of a failed call, '' for an error of another kind. */
export function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
