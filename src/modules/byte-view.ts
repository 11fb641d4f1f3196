/** A file that is not what its format demands: what is wrong, in words for people. */
export class FormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormatError';
  }
}

/** A file of which only the parts that are asked for need be in memory. */
export interface ByteSource {
  /** Every byte at its own offset; only loaded ranges hold what the file has there. */
  readonly bytes: Buffer;
  /** Of the file; `bytes` may be longer. */
  readonly size: number;
  /** Brings in a range that lies inside the file. */
  load(at: number, size: number): void;
}

/** A file that is in memory as a whole. */
export function inMemory(bytes: Buffer): ByteSource {
  return { bytes, size: bytes.length, load: () => {} };
}

/** Bounds-checked integers of one byte order: a hostile offset ends in a FormatError, never in another byte. */
export class ByteView {
  readonly bytes: Buffer;
  readonly littleEndian: boolean;
  readonly #source: ByteSource;
  readonly #size: number;
  readonly #view: DataView;

  constructor(source: ByteSource, littleEndian: boolean) {
    const { bytes, size } = source;
    this.bytes = bytes;
    this.littleEndian = littleEndian;
    this.#source = source;
    this.#size = size;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, size);
  }

  u8(at: number): number {
    this.check(at, 1);
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    this.check(at, 2);
    return this.#view.getUint16(at, this.littleEndian);
  }

  u32(at: number): number {
    this.check(at, 4);
    return this.#view.getUint32(at, this.littleEndian);
  }

  /** A 64-bit value as a number; above 2^53 it loses bits, yet stays far outside any file and so fails the next check. */
  u64(at: number): number {
    const first = this.u32(at);
    const second = this.u32(at + 4);
    return this.littleEndian ? second * 2 ** 32 + first : first * 2 ** 32 + second;
  }

  /** Makes a range readable; throws unless it lies inside the file. */
  need(at: number, size: number): void {
    this.check(at, size);
    this.#source.load(at, size);
  }

  /** Throws unless `size` bytes at `at` lie inside the file. */
  check(at: number, size: number): void {
    if (at < 0 || size < 0 || at + size > this.#size) {
      throw new FormatError(`truncated: bytes ${at} to ${at + size} of a file of ${this.#size}`);
    }
  }
}
