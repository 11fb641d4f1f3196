import { fstatSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ModuleFacts } from '../module-facts.ts';
import type { ModuleFile } from '../tree.ts';
import type { Known } from './known.ts';
import { MAX_MODULE_SIZE } from './limits.ts';
import type { Packing } from './packing.ts';
import { FileSource, type ReadAhead, withFile } from './source.ts';

/** A packed module file. */
export interface PackedFile extends ModuleFile {
  /** Of what is in it; null when it does not say, or is too large to be unpacked together with others. */
  size: number | null;
  /** SHA-256 of its bytes, '' when nobody wants to know. */
  digest: string;
}

/** What is unpacked at one time, by all processes together. */
const MAX_UNPACKED = 64 * 1024 * 1024;
/** Fewer files, and the start of a process counts; more, and the last batches end far apart (measured on Debian's 6.12). */
const MIN_FILES = 12;
const MAX_FILES = 128;
/** The parts that what is left is cut into for each core: more of them end closer together. */
const PARTS = 3;

/** Sizes stand in the first or the last bytes: Debian's largest module has an index of 20. */
const PACKED: ReadAhead = { whole: 0, tail: 256 };

/** How many processes unpack at one time. */
export const SLOTS = availableParallelism();

/** Cuts packed files into batches as they are asked for: the last ones are small, so that all cores end together. */
export class Batches {
  readonly #packing: Packing;
  readonly #files: ModuleFile[];
  readonly #known: Known;
  #next = 0;
  #found: ModuleFacts[] = [];

  constructor(packing: Packing, files: ModuleFile[], known: Known) {
    this.#packing = packing;
    this.#files = files;
    this.#known = known;
  }

  /** Files to be unpacked together, or one alone; none when all have been handed out. */
  take(): PackedFile[] {
    const batch: PackedFile[] = [];
    const wanted = this.#wanted();
    let room = MAX_UNPACKED / SLOTS;
    for (
      let file = this.#files[this.#next];
      file && batch.length < wanted;
      file = this.#files[++this.#next]
    ) {
      const packed = this.#look(file);
      if (packed === null) continue;
      const fits = packed.size !== null && packed.size <= room;
      if (!fits && batch.length > 0) break;
      batch.push(fits ? packed : { ...packed, size: null });
      room -= packed.size ?? room;
    }
    return batch;
  }

  /** The facts of files that were known already and need not be unpacked; each only once. */
  takeKnown(): ModuleFacts[] {
    return this.#found.splice(0);
  }

  #wanted(): number {
    const part = Math.ceil((this.#files.length - this.#next) / (PARTS * SLOTS));
    return Math.min(MAX_FILES, Math.max(MIN_FILES, part));
  }

  /** Null for a file whose facts are known. */
  #look({ file, path }: ModuleFile): PackedFile | null {
    return withFile(file, (fd) => {
      const { size } = fstatSync(fd);
      if (size > MAX_MODULE_SIZE) return { file, path, size: null, digest: '' };
      const source = new FileSource(fd, 0, size, PACKED);
      const { digest, facts } = this.#known.look(path, source);
      if (facts !== null) this.#found.push(facts);
      return facts === null ? { file, path, size: this.#packing.sizeOf(source) || null, digest } : null;
    });
  }
}
