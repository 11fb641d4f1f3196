import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ioError } from '../../cli/io-error.ts';
import { type ModuleFacts, moduleFacts, problemFacts } from '../module-facts.ts';
import type { ModuleFile } from '../tree.ts';
import { MAX_MODULE_SIZE, TOO_LARGE } from './limits.ts';

/** One buffer for all files: thousands of fresh ones cost more than the reading itself. */
let scratch = Buffer.alloc(0);

/** Reads an uncompressed module. */
export function readPlain({ file, path }: ModuleFile): ModuleFacts {
  const bytes = contents(file);
  return bytes === null ? problemFacts(path, TOO_LARGE) : moduleFacts(path, bytes);
}

/** Reads a module packed with gzip. */
export async function readGzip({ file, path }: ModuleFile): Promise<ModuleFacts> {
  const packed = contents(file);
  if (packed === null) return problemFacts(path, TOO_LARGE);
  try {
    // A copy: the shared buffer may hold another file before the thread pool comes to this one.
    return moduleFacts(
      path,
      await promisify(gunzip)(Buffer.from(packed), { maxOutputLength: MAX_MODULE_SIZE }),
    );
  } catch (error) {
    return problemFacts(path, `cannot be unpacked: ${(error as Error).message}`);
  }
}

/** The bytes of a file, valid until the next call; null when it is too large. */
function contents(file: string): Buffer | null {
  try {
    const fd = openSync(file, 'r');
    try {
      const { size } = fstatSync(fd);
      if (size > MAX_MODULE_SIZE) return null;
      if (scratch.length < size) scratch = Buffer.allocUnsafe(Math.max(size, 2 * scratch.length));
      return scratch.subarray(0, readFully(fd, size));
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw ioError(error as NodeJS.ErrnoException, file);
  }
}

function readFully(fd: number, size: number): number {
  let filled = 0;
  while (filled < size) {
    const count = readSync(fd, scratch, filled, size - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}
