import { ArchiveError } from './archive-error.ts';
import { byteAt, need, type Source } from './source.ts';

const MAGIC = 0xfd2fb528;
/** Bytes of the fields of a frame's header, by the bits of its descriptor (RFC 8878, 3.1.1.1). */
const SIZE_BYTES = [0, 2, 4, 8];
const DICTIONARY_BYTES = [0, 1, 2, 4];
const SINGLE_SEGMENT = 0x20;
const HAS_CHECKSUM = 0x04;
/** Kinds of blocks (3.1.1.2.2): one byte that is repeated, and one that does not exist. */
const REPEATED = 1;
const RESERVED = 3;

/** Length of the zstd frame at `at`, by walking over its blocks without unpacking them. */
export function zstdLength(source: Source, at: number): number {
  if (need(source, at, 4).readUInt32LE() !== MAGIC) throw damaged(at);
  const descriptor = byteAt(source, at + 4);
  let end = at + 5 + headerRest(descriptor);
  for (let last = false; !last; ) {
    const header = need(source, end, 3).readUIntLE(0, 3);
    const kind = (header >> 1) & 3;
    if (kind === RESERVED) throw damaged(end);
    last = (header & 1) === 1;
    end += 3 + (kind === REPEATED ? 1 : header >> 3);
  }
  if (descriptor & HAS_CHECKSUM) end += 4;
  if (end > source.size) need(source, end, 1);
  return end - at;
}

function headerRest(descriptor: number): number {
  const single = (descriptor & SINGLE_SEGMENT) !== 0;
  const size = SIZE_BYTES[descriptor >> 6] || (single ? 1 : 0);
  return (single ? 0 : 1) + (DICTIONARY_BYTES[descriptor & 3] ?? 0) + size;
}

function damaged(at: number): ArchiveError {
  return new ArchiveError('a zstd frame that is damaged', at);
}
