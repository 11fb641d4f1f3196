import { ArchiveError } from './archive-error.ts';
import { need, type Source } from './source.ts';

/** The old frame format of lz4, the only one that the kernel reads (lib/decompress_unlz4.c); `lz4 -l` makes it. */
const MAGIC = 0x184c2102;
/** The most that a block of 8 MiB can be packed to (LZ4_COMPRESSBOUND). */
const MAX_BLOCK = 8_421_520;

/** Length of the lz4 stream at `at`: it has no end mark, and goes on until zeros or the end of the file. */
export function lz4Length(source: Source, at: number): number {
  if (need(source, at, 4).readUInt32LE() !== MAGIC)
    throw new ArchiveError('an lz4 stream that the kernel does not read (make it with lz4 -l)', at);
  let end = at + 4;
  while (source.read(end, 4).some((byte) => byte !== 0)) {
    const block = need(source, end, 4).readUInt32LE();
    if (block !== MAGIC && block > MAX_BLOCK)
      throw new ArchiveError('an lz4 stream with something else than zeros behind it, or damaged', end);
    end += block === MAGIC ? 4 : 4 + block;
  }
  if (end > source.size) need(source, end, 1);
  return end - at;
}
