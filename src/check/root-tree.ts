import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ioError } from '../cli/io-error.ts';
import { resolveInRoot } from '../modules/root-path.ts';
import { compare } from '../modules/tree.ts';
import type { FileTree } from './file-tree.ts';

/** The files below the root of an image. */
export function rootTree(root: string): FileTree {
  return {
    show: (path) => `/${path}`,
    files: (directory) => filesIn(root, directory),
    real: (path) => {
      const place = resolveInRoot(root, path);
      return place === null ? null : relative(resolve(root), place);
    },
    content: (path) => contentOf(root, path),
    mode: (path) => modeOf(root, path),
  };
}

function filesIn(root: string, directory: string): string[] {
  const place = resolveInRoot(root, directory);
  if (place === null || !statSync(place).isDirectory()) return [];
  const found = reporting(place, () => readdirSync(place, { withFileTypes: true }));
  const files = found.filter((entry) => !isFolder(root, directory, entry));
  return files.map(({ name }) => name).sort(compare);
}

function isFolder(root: string, directory: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const place = resolveInRoot(root, join(directory, entry.name));
  return place !== null && statSync(place).isDirectory();
}

function contentOf(root: string, path: string): Buffer | null {
  const place = resolveInRoot(root, path);
  if (place === null || !statSync(place).isFile()) return null;
  return reporting(place, () => readFileSync(place));
}

function modeOf(root: string, path: string): number | null {
  const place = resolveInRoot(root, path);
  return place === null ? null : reporting(place, () => statSync(place).mode);
}

function reporting<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ioError(error as NodeJS.ErrnoException, path);
  }
}
