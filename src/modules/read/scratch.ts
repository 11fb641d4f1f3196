import { randomUUID } from 'node:crypto';
import { accessSync, constants, openSync, statfsSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ioError } from '../../cli/io-error.ts';
import { MAX_MODULE_SIZE } from './limits.ts';

/** Memory by the name of a directory (shm_overview(7)): nothing that is written there goes to a disk. */
const IN_MEMORY = '/dev/shm';
/** Room for all that is unpacked at one time, and for one module of the largest size. */
const ROOM = 2 * MAX_MODULE_SIZE;

/** Opens a new file without a name: only who holds it can read it, and it is gone when it is closed. */
export function openScratch(): number {
  const path = join(hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir(), `macveil-${randomUUID()}`);
  try {
    const fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return fd;
  } catch (error) {
    throw ioError(error as NodeJS.ErrnoException, path);
  }
}

/** Containers often have a small one. */
function hasRoom(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
