import { closeSync, openSync, readSync } from 'node:fs';
import { ioError } from '../../cli/io-error.ts';
import { type ByteSource, FormatError } from '../byte-view.ts';

/** Up to here one read of the whole file costs less than reads of its parts (measured on Debian's 6.1). */
const WHOLE = 32 * 1024;
/** Symbols, their names and the section table stand at the end of a module: 12 kB of Debian's average one. */
const TAIL = 16 * 1024;

/** One buffer for all files: thousands of fresh ones cost more than the reading itself. */
let scratch = Buffer.alloc(0);

/** Opens a file for the time of `use`; what the system refuses is an error that names the file. */
export function withFile<T>(file: string, use: (fd: number) => T): T {
  let fd = -1;
  try {
    fd = openSync(file, 'r');
    return use(fd);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall ? ioError(error as NodeJS.ErrnoException, file) : error;
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

/**
 * The `size` bytes at `base` of an open file, read as they are asked for. All sources share one buffer: each is only
 * valid until the next one is made.
 */
export function fileSource(fd: number, base: number, size: number): ByteSource {
  // Never less than one byte, and double as it grows: files come in no order of size.
  if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(Math.max(size, 2 * scratch.length));
  let from = 0;
  let to = 0;
  const load = (at: number, count: number) => {
    if (at >= from && at + count <= to) return;
    [from, to] = rangeToRead(at, count, size);
    readFully(fd, from, to - from, base);
  };
  return { bytes: scratch, size, load };
}

/** What is read when `count` bytes at `at` are asked for: more, where that saves a read. */
function rangeToRead(at: number, count: number, size: number): [from: number, to: number] {
  if (size <= WHOLE) return [0, size];
  const tail = size - TAIL;
  return at >= tail ? [tail, size] : [at, at + count];
}

function readFully(fd: number, at: number, count: number, base: number): void {
  for (let filled = 0; filled < count; ) {
    const got = readSync(fd, scratch, at + filled, count - filled, base + at + filled);
    if (got === 0) throw new FormatError('truncated: it became shorter while it was read');
    filled += got;
  }
}
