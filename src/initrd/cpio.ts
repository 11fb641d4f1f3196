import { ArchiveError } from './archive-error.ts';
import { type CpioHeader, HEADER_SIZE, parseHeader, TYPE } from './header.ts';

/** Who hears of the entries of an archive, in their order. */
export interface CpioHandler {
  /** An entry begins; `end` is called after its last byte, with its contents if they were asked for. */
  begin(header: CpioHeader, name: string, at: number): { collect: boolean; end: (body: Buffer) => void };
  /** The archive's closing entry. */
  trailer(): void;
}

type State = 'between' | 'header' | 'name' | 'body' | 'padding';

const TRAILER = 'TRAILER!!!';
const ZERO_DIGIT = 0x30;
/** Entries and their bodies begin at multiples of this. */
const ALIGNMENT = 4;
const NOTHING = Buffer.alloc(0);

/** Reads newc archives from a stream of bytes, by the same states as init/initramfs.c. */
export class CpioParser {
  readonly #handler: CpioHandler;
  readonly #stopAtTrailer: boolean;
  #state: State = 'between';
  #at = 0;
  #entryAt = 0;
  #missing = 0;
  #collecting = false;
  #parts: Buffer[] = [];
  #header: CpioHeader | null = null;
  #sum = 0;
  #end: (body: Buffer) => void = () => {};
  #afterTrailer = false;

  /** `start` is what the first byte counts as, a multiple of four. */
  constructor(handler: CpioHandler, { start, stopAtTrailer }: { start: number; stopAtTrailer: boolean }) {
    this.#handler = handler;
    this.#at = start;
    this.#stopAtTrailer = stopAtTrailer;
  }

  /** The byte that is next. */
  get at(): number {
    return this.#at;
  }

  /** True when the last entry was the one that closes an archive. */
  get closed(): boolean {
    return this.#afterTrailer;
  }

  /** Takes the next piece; answers how many bytes of it were taken: fewer when something else than an entry follows. */
  write(chunk: Buffer): number {
    let used = 0;
    while (used < chunk.length) {
      if (this.#stopAtTrailer && this.#afterTrailer) return used;
      const count = this.#step(chunk.subarray(used));
      if (count === 0) return used;
      used += count;
      this.#at += count;
    }
    return used;
  }

  /** Throws when the stream ended inside an entry. */
  finish(): void {
    if (this.#state === 'between') return;
    throw new ArchiveError('the archive is cut off: its end lies inside an entry', this.#at);
  }

  #step(chunk: Buffer): number {
    if (this.#state === 'between') return this.#between(chunk);
    const part = chunk.subarray(0, this.#missing);
    this.#missing -= part.length;
    if (this.#collecting) this.#parts.push(part);
    if (this.#state === 'body' && this.#header?.sum !== null) this.#sum = addBytes(this.#sum, part);
    if (this.#missing === 0) this.#complete();
    return part.length;
  }

  /** do_reset(): zeros may stand between entries, and an entry begins at a multiple of four. */
  #between(chunk: Buffer): number {
    const zeros = chunk.findIndex((byte) => byte !== 0);
    if (zeros !== 0) return zeros < 0 ? chunk.length : zeros;
    if (this.#at % ALIGNMENT !== 0) throw new ArchiveError('broken padding between two entries', this.#at);
    if (chunk[0] !== ZERO_DIGIT) return 0;
    this.#entryAt = this.#at;
    this.#enter('header', HEADER_SIZE, true);
    return this.#step(chunk);
  }

  #enter(state: State, length: number, collect: boolean): void {
    this.#state = state;
    this.#missing = length;
    this.#collecting = collect;
    this.#parts = [];
    if (length === 0) this.#complete();
  }

  #complete(): void {
    // A copy: a part would keep the whole piece of the stream alive that it was cut from.
    const bytes = this.#collecting ? Buffer.concat(this.#parts) : NOTHING;
    if (this.#state === 'header') this.#takeHeader(bytes);
    else if (this.#state === 'name') this.#takeName(bytes);
    else if (this.#state === 'body') this.#takeBody(bytes);
    else this.#state = 'between';
  }

  #takeHeader(bytes: Buffer): void {
    this.#header = parseHeader(bytes, this.#entryAt);
    const { nameSize } = this.#header;
    this.#enter('name', nameSize + padding(HEADER_SIZE + nameSize), true);
  }

  #takeName(bytes: Buffer): void {
    const header = this.#header as CpioHeader;
    if (bytes[header.nameSize - 1] !== 0)
      throw new ArchiveError('an entry whose name does not end', this.#entryAt);
    const name = cText(bytes);
    this.#afterTrailer = name === TRAILER && (header.mode & TYPE.mask) !== TYPE.link;
    let collect = false;
    if (this.#afterTrailer) {
      this.#handler.trailer();
      this.#end = () => {};
    } else ({ collect, end: this.#end } = this.#handler.begin(header, name, this.#entryAt));
    this.#sum = 0;
    this.#enter('body', header.size, collect);
  }

  #takeBody(bytes: Buffer): void {
    const { size, sum, mode } = this.#header as CpioHeader;
    const summed = sum !== null && size > 0 && (mode & TYPE.mask) === TYPE.file;
    if (summed && sum !== this.#sum)
      throw new ArchiveError('an entry whose contents do not match their checksum', this.#entryAt);
    this.#end(bytes);
    this.#enter('padding', padding(size), false);
  }
}

/** The text up to the first NUL, as C has it; one that is no UTF-8 byte by byte, so that two names never become one. */
export function cText(field: Buffer): string {
  const end = field.indexOf(0);
  const bytes = end < 0 ? field : field.subarray(0, end);
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : bytes.toString('latin1');
}

function padding(length: number): number {
  return -length & (ALIGNMENT - 1);
}

function addBytes(sum: number, bytes: Buffer): number {
  let total = sum;
  for (const byte of bytes) total += byte;
  return total >>> 0;
}
