import type { Compression } from './compression.ts';
import type { Node } from './node.ts';
import type { LostEntry } from './root-tree.ts';
import { walk } from './walk.ts';

/** One archive, or one packed stream of archives, of the several that may stand one after the other in an initrd. */
export interface Segment {
  /** Where it begins and how long it is, in bytes of the file. */
  offset: number;
  length: number;
  compression: Compression;
  /** Entries of its archives, without the closing one. */
  entries: number;
  /** Bytes of its archives. */
  unpacked: number;
}

/** One file, folder, link or device. */
export interface InitrdEntry {
  kind: 'file' | 'directory' | 'link' | 'other';
  mode: number;
  size: number;
  /** Where a link leads, as it is written. */
  target: string | null;
  /** Index of the segment it comes from. */
  segment: number;
}

/** An opened initrd: the root that the kernel would have after unpacking it. */
export class Initrd {
  readonly file: string;
  readonly segments: Segment[];
  /** By real path without a leading `/`, sorted. */
  readonly entries: ReadonlyMap<string, InitrdEntry>;
  /** What the kernel passes over without a word. */
  readonly lost: LostEntry[];
  readonly #root: Node;

  constructor(file: string, segments: Segment[], root: Node, lost: LostEntry[]) {
    this.file = file;
    this.segments = segments;
    this.lost = lost;
    this.#root = root;
    this.entries = listEntries(root);
  }

  /** The real path of what `path` leads to inside the initrd, all links followed; null when there is nothing. */
  resolve(path: string): string | null {
    const place = walk(this.#root, path, true);
    return place?.node ? place.names.join('/') : null;
  }

  /** The contents of the file that `path` leads to; null when there is no file; throws when they were not kept. */
  content(path: string): Buffer | null {
    const place = walk(this.#root, path, true);
    if (place?.node?.kind !== 'file') return null;
    if (place.node.content !== null) return place.node.content;
    throw new Error(`${place.names.join('/')} of ${this.file} was not kept: widen \`keep\` of readInitrd`);
  }
}

function listEntries(root: Node): Map<string, InitrdEntry> {
  const found: [string, InitrdEntry][] = [];
  collect(root, '', found);
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function collect(folder: Node, prefix: string, found: [string, InitrdEntry][]): void {
  for (const [name, node] of folder.children) {
    const { kind, mode, size, target, segment, builtIn } = node;
    if (!builtIn) found.push([prefix + name, { kind, mode, size, target, segment }]);
    if (kind === 'directory') collect(node, `${prefix}${name}/`, found);
  }
}
