import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { CliError, EXIT } from '../cli/errors.ts';
import { errnoWords } from '../cli/failure.ts';
import { ioError } from '../cli/io-error.ts';
import { ArchiveError } from './archive-error.ts';

/** Bytes that can be read anywhere; what lies beyond the end is left out. */
export interface Source {
  readonly size: number;
  read(at: number, length: number): Buffer;
}

/** A source that holds a file open. */
export interface FileSource extends Source {
  close(): void;
}

/** Large enough for the search of small headers not to be a system call each, small enough not to count. */
const WINDOW = 64 * 1024;
/** errno names of a wrong argument, not of a refusing system. */
const WRONG_PATH = ['ENOENT', 'ENOTDIR'];

/** The bytes of a buffer as a source. */
export function bufferSource(bytes: Buffer): Source {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/** Opens a regular file; throws a CliError that says what else the path is. */
export function openSource(path: string): FileSource {
  const file = openOrExplain(path);
  const stat = fstatSync(file);
  if (!stat.isFile()) {
    closeSync(file);
    const what = stat.isDirectory() ? 'is a folder' : 'is not a regular file';
    throw new CliError(EXIT.input, `${path} ${what}`, 'name the initrd file itself, such as boot/initrd.img');
  }
  const read = windowed((at, length) => readAt(path, file, at, length));
  return { size: stat.size, read, close: () => closeSync(file) };
}

/** The bytes from `at` to `end` in pieces of moderate size. */
export function* pieces(source: Source, at: number, end = source.size): Generator<Buffer> {
  for (let from = at; from < end; from += WINDOW) {
    const piece = source.read(from, Math.min(WINDOW, end - from));
    if (piece.length === 0) return;
    yield piece;
  }
}

/** Exactly `length` bytes; throws when the source ends before. */
export function need(source: Source, at: number, length: number): Buffer {
  const bytes = source.read(at, length);
  if (bytes.length === length) return bytes;
  throw new ArchiveError('the file is cut off: a packed segment goes on behind its end', source.size);
}

/** One byte; throws when the source ends before. */
export function byteAt(source: Source, at: number): number {
  return need(source, at, 1)[0] as number;
}

// O_NONBLOCK: a FIFO by that name would wait for a writer for ever.
function openOrExplain(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!WRONG_PATH.includes(code)) throw ioError(error as NodeJS.ErrnoException, path);
    throw new CliError(EXIT.input, `${path} ${errnoWords(code)}`, 'check the path for typing errors');
  }
}

function readAt(path: string, file: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, length, at));
  } catch (error) {
    throw ioError(error as NodeJS.ErrnoException, path);
  }
}

/** Keeps the last piece that was read: headers are looked at a few bytes at a time. */
function windowed(read: Source['read']): Source['read'] {
  let start = 0;
  let bytes: Buffer = Buffer.alloc(0);
  return (at, length) => {
    if (at < start || at + length > start + bytes.length) {
      start = at;
      bytes = read(at, Math.max(length, WINDOW));
    }
    return bytes.subarray(at - start, at - start + length);
  };
}
