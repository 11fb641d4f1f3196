import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from '../image/build-error.mjs';

/** What build/kernels.mjs ends with when all that hinders it is that the archive does not offer what is asked for. */
export const EXIT_MISSING = 3;

/** The host's archive does not offer a suite, component or architecture: nothing is broken, and tests of it are left out. */
export class MissingError extends BuildError {
  constructor(message) {
    super(
      message,
      'tests of it are skipped; a mirror that offers it, in the sources of apt, brings them back',
    );
    this.name = 'MissingError';
  }
}

/** Why a product could not be had from the archive the last time it was wanted; '' when it was no matter of the archive. */
export function missingReason(cache, name) {
  try {
    return readFileSync(recordOf(cache, name), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Calls `work`, and keeps for other processes why the archive could not serve it, until it is tried again. */
export async function recordMissing(cache, name, work) {
  rmSync(recordOf(cache, name), { force: true });
  try {
    return await work();
  } catch (error) {
    if (error instanceof MissingError) writeFileSync(recordOf(cache, name), error.message);
    throw error;
  }
}

function recordOf(cache, name) {
  return join(cache, `missing-${name}`);
}
