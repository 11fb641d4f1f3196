/**
 * Cuts a stream of concatenated files of known sizes into those files. The bytes given to `onFile` are only valid
 * during the call: a file that spans chunks is put together in one buffer that is used again for the next.
 */
export class Splitter {
  readonly #sizes: number[];
  readonly #onFile: (index: number, bytes: Buffer) => void;
  #index = 0;
  #filled = 0;
  #excess = 0;
  #scratch = Buffer.alloc(0);

  constructor(sizes: number[], onFile: (index: number, bytes: Buffer) => void) {
    this.#sizes = sizes;
    this.#onFile = onFile;
  }

  /** Takes the next piece of the stream. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      const size = this.#sizes[this.#index];
      if (size === undefined) {
        this.#excess += chunk.length - at;
        return;
      }
      const take = Math.min(size - this.#filled, chunk.length - at);
      this.#take(chunk.subarray(at, at + take), size);
      at += take;
    }
  }

  /** True when the stream held exactly the files it was said to hold. */
  isComplete(): boolean {
    return this.#excess === 0 && this.#filled === 0 && this.#index === this.#sizes.length;
  }

  #take(piece: Buffer, size: number): void {
    if (this.#filled === 0 && piece.length === size) {
      this.#onFile(this.#index++, piece);
      return;
    }
    // Double as it grows: files of a kernel come in no order of size.
    if (this.#scratch.length < size)
      this.#scratch = Buffer.allocUnsafe(Math.max(size, 2 * this.#scratch.length));
    piece.copy(this.#scratch, this.#filled);
    this.#filled += piece.length;
    if (this.#filled < size) return;
    this.#filled = 0;
    this.#onFile(this.#index++, this.#scratch.subarray(0, size));
  }
}
