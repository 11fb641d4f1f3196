/** A file that is not what its format demands: what is wrong, in words for people. */
export class FormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormatError';
  }
}

/**
 * Twice the longest symbol the kernel takes (KSYM_NAME_LEN, 512): without a limit, a table of one long string that
 * millions of entries point to would be read millions of times.
 */
const MAX_TEXT = 1024;

/** Bounds-checked integers of one byte order: a hostile offset ends in a FormatError, never in another byte. */
export class ByteView {
  readonly bytes: Buffer;
  readonly littleEndian: boolean;
  readonly #view: DataView;

  constructor(bytes: Buffer, littleEndian: boolean) {
    this.bytes = bytes;
    this.littleEndian = littleEndian;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
    this.check(at, 8);
    return Number(this.#view.getBigUint64(at, this.littleEndian));
  }

  /** Throws unless `size` bytes at `at` lie inside the file. */
  check(at: number, size: number): void {
    if (at < 0 || size < 0 || at + size > this.bytes.length) {
      throw new FormatError(`truncated: bytes ${at} to ${at + size} of a file of ${this.bytes.length}`);
    }
  }

  /** The text from `at` to the next NUL before `end`; one that does not end there, or is overlong, is an error. */
  text(at: number, end: number): string {
    this.check(at, 0);
    const limit = Math.min(end, at + MAX_TEXT, this.bytes.length);
    const length = this.bytes.subarray(at, limit).indexOf(0);
    if (length < 0) throw new FormatError(`a string at byte ${at} does not end in its table`);
    return this.bytes.toString('latin1', at, at + length);
  }
}
