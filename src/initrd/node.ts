import { TYPE } from './header.ts';

/** One file, folder, link or device of the root that an initrd unpacks to; names that are hard links share one. */
export interface Node {
  kind: 'file' | 'directory' | 'link' | 'other';
  mode: number;
  size: number;
  /** Where a link leads, as it is written. */
  target: string | null;
  /** Index of the segment it comes from. */
  segment: number;
  /** A file's bytes; null when they were not kept. */
  content: Buffer | null;
  /** What a folder holds. */
  children: Map<string, Node>;
  /** A folder that the kernel itself has before any initrd is unpacked. */
  builtIn: boolean;
}

/** A node without contents. */
export function makeNode(mode: number, segment: number): Node {
  const nothing = { size: 0, target: null, content: null, builtIn: false };
  return { kind: kindOf(mode), mode, segment, ...nothing, children: new Map() };
}

function kindOf(mode: number): Node['kind'] {
  const type = mode & TYPE.mask;
  if (type === TYPE.file) return 'file';
  if (type === TYPE.directory) return 'directory';
  return type === TYPE.link ? 'link' : 'other';
}
