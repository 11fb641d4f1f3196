import { closeSync, openSync, readSync } from 'node:fs';
import { ioError } from '../../cli/io-error.ts';
import { type ByteSource, FormatError } from '../byte-view.ts';

/** What is read beyond what is asked for, where that saves a read: files up to `whole` bytes, and the last `tail` bytes. */
export interface ReadAhead {
  whole: number;
  tail: number;
}

/**
 * Of modules: up to 32 kB one read of everything costs less than reads of its parts (measured on Debian's 6.1); symbols,
 * their names and the section table stand at the end, 12 kB of an average module.
 */
export const MODULE: ReadAhead = { whole: 32 * 1024, tail: 16 * 1024 };

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
export class FileSource implements ByteSource {
  readonly bytes: Buffer;
  readonly size: number;
  readonly #fd: number;
  readonly #base: number;
  readonly #ahead: ReadAhead;
  #from = 0;
  #to = 0;

  constructor(fd: number, base: number, size: number, ahead: ReadAhead) {
    // Double as it grows: files come in no order of size.
    if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(Math.max(size, 2 * scratch.length));
    this.bytes = scratch;
    this.size = size;
    this.#fd = fd;
    this.#base = base;
    this.#ahead = ahead;
  }

  load(at: number, count: number): void {
    if (at >= this.#from && at + count <= this.#to) return;
    const isAll = this.size <= this.#ahead.whole;
    const tail = Math.max(0, this.size - this.#ahead.tail);
    this.#from = isAll ? 0 : Math.min(at, tail);
    this.#to = isAll || at >= tail ? this.size : at + count;
    this.#read();
  }

  #read(): void {
    for (let at = this.#from; at < this.#to; ) {
      const got = readSync(this.#fd, this.bytes, at, this.#to - at, this.#base + at);
      if (got === 0) throw new FormatError('truncated: it became shorter while it was read');
      at += got;
    }
  }
}
