import { LOCK, STATE_DIR } from '../paths.ts';
import { type System, SystemError } from '../system/system.ts';

/**
 * Does the work while no other hook does any: udev's workers, the verify unit and people may call it at the same time,
 * and from facts to record no second hand may be on an interface. Never held while udev is waited for.
 */
export function withLock<T>(system: System, work: () => T): T {
  lock(system);
  try {
    return work();
  } finally {
    system.unlock();
  }
}

/** The folder is there except for the first one of a boot. */
function lock(system: System): void {
  try {
    system.lock(LOCK);
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'ENOENT') throw error;
    system.makeDirectory(STATE_DIR);
    system.lock(LOCK);
  }
}
