import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { ArchiveError } from './archive-error.ts';
import type { Unpacking } from './compression.ts';
import { need, pieces, type Source } from './source.ts';

/** Magic, method, flags, time, extra flags, system (RFC 1952, 2.3). */
const HEADER = 10;
/** The kernel knows an older magic as well, and then takes only this one. */
const MAGIC = 0x8b1f;
const DEFLATE = 8;
const IS_TEXT = 1;
const HAS_NAME = 8;
/** Checksum and size at the end of a member. */
const FOOTER = 8;
/** Longest name of a file (PATH_MAX). */
const MAX_NAME = 4096;

/** Unpacks one gzip member; zlib tells where its data end. */
export function gzipStream(source: Source, at: number): Unpacking {
  let length = 0;
  const bytes = inflate(source, at, (found) => {
    length = found;
  });
  return { bytes, length: () => length };
}

async function* inflate(source: Source, at: number, onEnd: (length: number) => void): AsyncGenerator<Buffer> {
  const data = at + headerLength(source, at);
  const engine = createInflateRaw();
  const input = Readable.from(pieces(source, data));
  input.on('error', (error) => engine.destroy(error)).pipe(engine);
  let sum = 0;
  let size = 0;
  try {
    for await (const chunk of engine) {
      sum = crc32(chunk, sum);
      size += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw zlibError(error as NodeJS.ErrnoException, at);
  } finally {
    input.destroy();
    engine.destroy();
  }
  const end = data + engine.bytesWritten;
  checkFooter(source, end, sum, size);
  onEnd(end + FOOTER - at);
}

/** Throws for what the kernel does not read either: it knows no optional field but the name (lib/decompress_inflate.c). */
function headerLength(source: Source, at: number): number {
  const header = need(source, at, HEADER);
  const flags = header[3] ?? 0;
  if (header.readUInt16LE() !== MAGIC || header[2] !== DEFLATE || (flags & ~(HAS_NAME | IS_TEXT)) !== 0)
    throw new ArchiveError('a gzip header that the kernel does not understand', at);
  if ((flags & HAS_NAME) === 0) return HEADER;
  const end = source.read(at + HEADER, MAX_NAME).indexOf(0);
  if (end < 0) throw new ArchiveError('a gzip header whose name does not end', at);
  return HEADER + end + 1;
}

function checkFooter(source: Source, at: number, sum: number, size: number): void {
  const footer = need(source, at, FOOTER);
  if (footer.readUInt32LE(0) !== sum || footer.readUInt32LE(4) !== size % 2 ** 32)
    throw new ArchiveError('a gzip stream that is damaged: its checksum does not fit', at);
}

function zlibError(error: NodeJS.ErrnoException, at: number): Error {
  if (error.code === 'Z_BUF_ERROR') return new ArchiveError('a gzip stream that is cut off', at);
  return error.code?.startsWith('Z_')
    ? new ArchiveError(`a gzip stream that is damaged: ${error.message}`, at)
    : error;
}
