import { ArchiveError } from './archive-error.ts';
import { byteAt, need, type Source } from './source.ts';

const MAGIC = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
/** Length of the header at the start and the footer at the end of a stream (the .xz file format 1.2, 2.1). */
const FRAME = 12;
const FLAGS = 7;
const CRC = 4;
/** Bytes of the check after each block, by its number in the stream's flags (2.1.1.2). */
const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
/** Longest number of the format: nine bytes of seven bits (1.2). */
const MAX_NUMBER = 9;

/** Length of the .xz stream at `at`, by walking over its blocks and its index without unpacking them. */
export function xzLength(source: Source, at: number): number {
  const header = need(source, at, FRAME);
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(at);
  const check = CHECK_SIZES[(header[FLAGS] ?? 0) & 15] ?? 0;
  let end = at + FRAME;
  let blocks = 0;
  for (; byteAt(source, end) !== 0; blocks++) end = blockEnd(source, end, check);
  end = indexEnd(source, end, blocks);
  const footer = need(source, end, FRAME);
  if (footer.toString('latin1', FRAME - 2) !== 'YZ') throw damaged(end);
  return end + FRAME - at;
}

function blockEnd(source: Source, at: number, check: number): number {
  const headerSize = (byteAt(source, at) + 1) * 4;
  return chunksEnd(source, at + headerSize, at) + check;
}

/** The end of a block's data: LZMA2 is the last filter of every block, and each of its chunks says how long it is. */
function chunksEnd(source: Source, at: number, blockAt: number): number {
  let end = at;
  for (let control = byteAt(source, end); control !== 0; control = byteAt(source, end)) {
    end += chunkLength(source, end, control);
  }
  // A zero closes the chunks.
  return blockAt + align(end + 1 - blockAt);
}

/** Control byte, size, packed size and properties; both sizes are stored less one (liblzma, lzma2_decoder.c). */
function chunkLength(source: Source, at: number, control: number): number {
  if (control <= 2) return 3 + need(source, at, 3).readUInt16BE(1) + 1;
  if (control < 0x80) throw damaged(at);
  return (control < 0xc0 ? 5 : 6) + need(source, at, 5).readUInt16BE(3) + 1;
}

/** A zero, the number of blocks, two numbers for each, padding, a checksum (4). */
function indexEnd(source: Source, at: number, blocks: number): number {
  const count = number(source, at + 1);
  if (count.value !== blocks) throw damaged(at);
  let end = count.end;
  for (let i = 0; i < 2 * blocks; i++) end = number(source, end).end;
  return at + align(end - at) + CRC;
}

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function number(source: Source, at: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0; i < MAX_NUMBER; i++) {
    const byte = byteAt(source, at + i);
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  throw damaged(at);
}

function align(length: number): number {
  return length + (-length & 3);
}

function damaged(at: number): ArchiveError {
  return new ArchiveError('an xz stream that is damaged', at);
}
