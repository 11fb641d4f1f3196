import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** One line that is overwritten as work goes on; on anything but a terminal it shows nothing. */
export class StatusLine {
  readonly #stream: WriteStream;
  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  /** Shows a text in place of the one before, cut to the terminal's width. */
  show(text: string): void {
    if (!this.#stream.isTTY) return;
    this.clear();
    this.#stream.write(text.slice(0, this.#stream.columns - 1));
  }

  /** Takes the line away, so that other output starts on an empty one. */
  clear(): void {
    if (!this.#stream.isTTY) return;
    clearLine(this.#stream, 0);
    cursorTo(this.#stream, 0);
  }
}
