import { LOCK, STATE_DIR } from '../paths.ts';
import type { System } from '../system/system.ts';

/**
 * Does the work while no other hook does any: udev's workers, the verify unit and people may call it at the same time,
 * and from facts to record no second hand may be on an interface. Never held while udev is waited for.
 */
export function withLock<T>(system: System, work: () => T): T {
  system.makeDirectory(STATE_DIR);
  system.lock(LOCK);
  try {
    return work();
  } finally {
    system.unlock();
  }
}
