/** What depmod takes for a module, packed or not. */
export const MODULE_FILE = /\.ko(\.gz|\.xz|\.zst)?$/;

/** The files of a root or of an initrd, as the system booted from it sees them: links never lead out. */
export interface FileTree {
  /** How messages name a path in it. */
  show: (path: string) => string;
  /** Names in a folder, sorted, folders left out; none when it is not there. */
  files: (directory: string) => string[];
  /** What a path leads to, without a leading `/`; null when it leads nowhere. */
  real: (path: string) => string | null;
  /** null for anything but a regular file; links are followed. */
  content: (path: string) => Buffer | null;
  /** Rights of what a path leads to (inode(7)); null when it leads nowhere. */
  mode: (path: string) => number | null;
}

/** A text file of a tree; null when it is not there. */
export function textOf(tree: FileTree, path: string): string | null {
  return tree.content(path)?.toString() ?? null;
}
