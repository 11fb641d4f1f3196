import { basename, dirname } from 'node:path';
import type { FileTree } from '../../src/check/file-tree.ts';

/** A tree of made-up files; null stands for a link that leads nowhere. Those that begin with `#!` may be run. */
export function fakeTree(files: Record<string, string | null>): FileTree {
  const paths = Object.keys(files).sort();
  const isFolder = (path: string) => paths.some((file) => file.startsWith(`${path}/`));
  return {
    show: (path) => `/${path}`,
    files: (directory) => paths.filter((path) => dirname(path) === directory).map((path) => basename(path)),
    real: (path) => (typeof files[path] === 'string' || isFolder(path) ? path : null),
    content: (path) => {
      const text = files[path];
      return typeof text === 'string' ? Buffer.from(text, 'latin1') : null;
    },
    mode: (path) =>
      typeof files[path] !== 'string' ? null : files[path].startsWith('#!') ? 0o100755 : 0o100644,
  };
}
