import type { ByteSource } from '../byte-view.ts';
import type { Packing } from './packing.ts';

/** The memory an .xz file may ask for: kernel modules are made with at most 8 MiB of dictionary, hostile ones ask for 4 GiB. */
const MEMORY_LIMIT = '--memlimit-decompress=256MiB';
/** Bytes of the header and of the footer of a stream (.xz file format 1.2.1, 2.1.1 and 2.1.2). */
const HEADER = 12;
const FOOTER = 12;
const FOOTER_MAGIC = 0x5a59;
/** An index that does not fit is not read: that of Debian's largest module has 20 bytes. */
const MAX_INDEX = 1024;
const CRC = 4;
/** A multibyte integer: seven bits a byte, nine bytes at most (format, 1.2). */
const MAX_INTEGER_BYTES = 9;

/** xz: the index at the end of each file holds its unpacked size. */
export const XZ: Packing = {
  program: 'xz',
  package: 'xz-utils',
  unpack: ['--decompress', '--stdout', '--quiet', '--no-sparse', '--threads=1', MEMORY_LIMIT, '--'],
  sizeOf: streamSize,
};

/**
 * Unpacked size of an .xz file that is one stream, by its index; null for anything else. Checksums are left to xz,
 * which compares the index with what it unpacked and fails when they differ.
 */
export function streamSize(file: ByteSource): number | null {
  const footer = file.size - FOOTER;
  if (footer < HEADER) return null;
  const { bytes } = file;
  file.load(footer, FOOTER);
  if (bytes.readUInt16LE(footer + 10) !== FOOTER_MAGIC) return null;
  const indexSize = (bytes.readUInt32LE(footer + 4) + 1) * 4;
  if (indexSize > MAX_INDEX || indexSize > footer - HEADER) return null;
  file.load(footer - indexSize, indexSize);
  const sizes = readIndex(bytes.subarray(footer - indexSize, footer - CRC));
  // One stream fills the file: header, blocks, index, footer.
  if (sizes === null || HEADER + sizes.packed + indexSize !== footer) return null;
  return sizes.unpacked;
}

/** Sums over all blocks of an index (format, 4); null when it is none. */
function readIndex(index: Buffer): { packed: number; unpacked: number } | null {
  const numbers = index[0] === 0 ? readIntegers(index.subarray(1)) : [];
  const blocks = numbers[0];
  if (blocks === undefined || numbers.length < 1 + 2 * blocks) return null;
  let packed = 0;
  let unpacked = 0;
  for (let block = 0; block < blocks; block++) {
    // Blocks are padded to four bytes, and the index has their size without that.
    packed += Math.ceil((numbers[1 + 2 * block] ?? 0) / 4) * 4;
    unpacked += numbers[2 + 2 * block] ?? 0;
  }
  return { packed, unpacked };
}

/** Every multibyte integer up to the end; the padding there reads as zeros. */
function readIntegers(bytes: Buffer): number[] {
  const numbers: number[] = [];
  let value = 0;
  let width = 0;
  for (const byte of bytes) {
    value += (byte & 0x7f) * 2 ** (7 * width++);
    if (width > MAX_INTEGER_BYTES) return [];
    if (byte & 0x80) continue;
    numbers.push(value);
    value = 0;
    width = 0;
  }
  return numbers;
}
