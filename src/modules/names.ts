import { FormatError } from './byte-view.ts';

/**
 * Twice the longest symbol the kernel takes (KSYM_NAME_LEN, 512): without a limit, a table of one long string that
 * millions of entries point to would be read millions of times.
 */
const MAX_NAME = 1024;
/** Ten times what the modules of Debian's 6.12 take together: bounds the memory that a tree of hostile ones can take. */
const MAX_TOTAL = 1 << 26;
/** Powers of two: a single module needs few places, Debian's kernels fill 130,000. */
const FIRST_SLOTS = 1 << 9;
const GROWTH = 4;
/** Names made to collide must not make a search endless; a name that finds no place is simply made again. */
const MAX_PROBES = 64;
/** Of the hash FNV-1a (32 bits). */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * One string for each name, found by its bytes: modules of a kernel import the same few names again and again, and to
 * make a string each time costs more than all the rest of reading a symbol table.
 */
export class NameTable {
  /** By hash: the name's index plus one, 0 for a free place. */
  #slots = new Int32Array(FIRST_SLOTS);
  readonly #names: string[] = [];
  readonly #hashes: number[] = [];
  #total = 0;

  /** The name from `at` to the next NUL before `end`; one that does not end there, or is overlong, is an error. */
  read(bytes: Buffer, at: number, end: number): string {
    const limit = Math.min(end, at + MAX_NAME);
    let hash = FNV_OFFSET;
    let stop = at;
    for (; stop < limit && bytes[stop] !== 0; stop++) hash = Math.imul(hash ^ (bytes[stop] ?? 0), FNV_PRIME);
    if (stop >= limit) throw new FormatError(`a string at byte ${at} does not end in its table`);
    return this.#find(hash, bytes, at, stop) ?? this.#add(hash, bytes.toString('latin1', at, stop));
  }

  /** Counts bytes that what is read of the modules will take; throws when all of them together take too many. */
  reserve(bytes: number): void {
    this.#total += bytes;
    if (this.#total > MAX_TOTAL)
      throw new FormatError('together with the others it says more than any kernel does');
  }

  #find(hash: number, bytes: Buffer, at: number, stop: number): string | undefined {
    const mask = this.#slots.length - 1;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const index = (this.#slots[(hash + probe) & mask] ?? 0) - 1;
      if (index < 0) return undefined;
      const name = this.#names[index] ?? '';
      if (this.#hashes[index] === hash && isAt(name, bytes, at, stop)) return name;
    }
    return undefined;
  }

  #add(hash: number, name: string): string {
    this.reserve(name.length);
    this.#hashes.push(hash);
    // Half full at most, so that a search ends soon.
    if (this.#names.push(name) * 2 > this.#slots.length) this.#grow();
    else this.#place(this.#names.length - 1);
    return name;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * GROWTH);
    for (let index = 0; index < this.#names.length; index++) this.#place(index);
  }

  #place(index: number): void {
    const mask = this.#slots.length - 1;
    const hash = this.#hashes[index] ?? 0;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = (hash + probe) & mask;
      if (this.#slots[slot] !== 0) continue;
      this.#slots[slot] = index + 1;
      return;
    }
  }
}

function isAt(name: string, bytes: Buffer, at: number, stop: number): boolean {
  if (name.length !== stop - at) return false;
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== bytes[at + i]) return false;
  return true;
}
