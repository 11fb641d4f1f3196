import { basename, dirname } from 'node:path';
import type { FileTree } from '../../src/check/file-tree.ts';

/** A tree of made-up files; null stands for a link that leads nowhere. */
export function fakeTree(files: Record<string, string | null>): FileTree {
  const paths = Object.keys(files).sort();
  const isFolder = (path: string) => paths.some((file) => file.startsWith(`${path}/`));
  return {
    show: (path) => `/${path}`,
    files: (directory) => paths.filter((path) => dirname(path) === directory).map((path) => basename(path)),
    real: (path) => (typeof files[path] === 'string' || isFolder(path) ? path : null),
    content: (path) => {
      const text = files[path];
      return typeof text === 'string' ? Buffer.from(text) : null;
    },
  };
}
