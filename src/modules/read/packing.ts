import type { ByteSource } from '../byte-view.ts';

/** How modules are packed: the program that unpacks them, and where a packed file says how large it will be. */
export interface Packing {
  program: string;
  /** Debian's package that has it. */
  package: string;
  /** Arguments before the files to write all of them, unpacked and one after the other, to standard output. */
  unpack: string[];
  /** Unpacked size; null where the file does not say. The program fails on a file that says something else. */
  sizeOf: (file: ByteSource) => number | null;
}
