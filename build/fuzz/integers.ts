/** Values at which sizes, counts and offsets go wrong: zero, one, the edges of every width, and of exact numbers (2^53). */
export const INTERESTING: readonly bigint[] = [
  ...[0n, 1n, 2n, 3n, 7n, 8n, 0x7fn, 0x80n, 0xffn, 0x100n, 0x7fffn, 0x8000n, 0xff00n, 0xffffn, 0x10000n],
  ...[0x7fffffffn, 0x80000000n, 0xfffffffen, 0xffffffffn, 0x100000000n, 2n ** 53n - 1n, 2n ** 53n],
  ...[2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 4096n, 2n ** 64n - 1n],
];

/** Writes the low bytes of a value, as many as fit. */
export function writeInteger(
  bytes: Buffer,
  at: number,
  width: number,
  little: boolean,
  value: bigint,
): Buffer {
  for (let i = 0; i < width && at + i < bytes.length; i++) {
    const shift = 8 * (little ? i : width - 1 - i);
    bytes[at + i] = Number((value >> BigInt(shift)) & 0xffn);
  }
  return bytes;
}

/** Reads an integer; what lies beyond the end counts as zeros. */
export function readInteger(bytes: Buffer, at: number, width: number, little: boolean): number {
  let value = 0;
  for (let i = 0; i < width; i++) {
    const byte = bytes[at + (little ? width - 1 - i : i)] ?? 0;
    value = value * 256 + byte;
  }
  return value;
}
