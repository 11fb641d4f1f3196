import type { ByteSource } from '../byte-view.ts';
import type { Packing } from './packing.ts';

const MAGIC = 0xfd2fb528;
/** Magic, descriptor, window, dictionary id and content size at their longest (RFC 8878, 3.1.1.1). */
const MAX_HEADER = 18;
/** Bytes of the content size by the top two bits of the descriptor; 0 means one byte only in a single segment. */
const SIZE_BYTES = [0, 2, 4, 8];
const DICTIONARY_BYTES = [0, 1, 2, 4];
/** A two-byte size is stored less this (RFC 8878, 3.1.1.1.4). */
const TWO_BYTE_BASE = 256;

/** zstd: the header of a frame made from a file holds the unpacked size. */
export const ZSTD: Packing = {
  program: 'zstd',
  package: 'zstd',
  unpack: ['--decompress', '--stdout', '--quiet', '--memory=256MB', '--'],
  sizeOf: frameSize,
};

/** Unpacked size in the header of a zstd frame; null when it is not there or not a frame. */
export function frameSize(file: ByteSource): number | null {
  const length = Math.min(file.size, MAX_HEADER);
  file.load(0, length);
  return sizeInHeader(file.bytes.subarray(0, length));
}

function sizeInHeader(bytes: Buffer): number | null {
  if (bytes.length < 5 || bytes.readUInt32LE(0) !== MAGIC) return null;
  const descriptor = bytes[4] ?? 0;
  const singleSegment = (descriptor & 0x20) !== 0;
  const width = SIZE_BYTES[descriptor >> 6] || (singleSegment ? 1 : 0);
  const at = 5 + (singleSegment ? 0 : 1) + (DICTIONARY_BYTES[descriptor & 3] ?? 0);
  if (width === 0 || at + width > bytes.length) return null;
  if (width === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, width) + (width === 2 ? TWO_BYTE_BASE : 0);
}
