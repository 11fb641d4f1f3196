import { basename, dirname } from 'node:path';
import type { Initrd } from '../initrd/initrd.ts';
import { compare } from '../modules/tree.ts';
import type { FileTree } from './file-tree.ts';

const MODULE_FILE = /\.ko(\.gz|\.xz|\.zst)?$/;

/** Contents that `check` looks at: everything but modules and firmware, which are most of an initrd. */
export function isKept(path: string): boolean {
  return (
    !MODULE_FILE.test(path) && !path.startsWith('usr/lib/firmware/') && !path.startsWith('lib/firmware/')
  );
}

/** The files of an initrd; messages call it by `label`. */
export function initrdTree(initrd: Initrd, label: string): FileTree {
  const folders = byFolder(initrd);
  return {
    show: (path) => `${label}: /${path}`,
    files: (directory) => {
      const place = initrd.resolve(directory);
      return place === null ? [] : (folders.get(place) ?? []);
    },
    real: (path) => initrd.resolve(path),
    content: (path) => {
      const real = initrd.resolve(path);
      return real !== null && isKept(real) ? initrd.content(real) : null;
    },
  };
}

/** Releases of the kernels whose modules an initrd holds, each with their paths below its folder in lib/modules. */
export function initrdKernels(initrd: Initrd): Map<string, string[]> {
  const kernels = new Map<string, string[]>();
  const top = initrd.resolve('lib/modules');
  if (top === null) return kernels;
  for (const path of initrd.entries.keys()) {
    const [, release, file] = /^([^/]+)\/(.+)$/.exec(below(top, path)) ?? [];
    if (release === undefined || file === undefined || !MODULE_FILE.test(file)) continue;
    if (initrd.resolve(path) !== null) kernels.set(release, [...(kernels.get(release) ?? []), file]);
  }
  return kernels;
}

function below(top: string, path: string): string {
  return path.startsWith(`${top}/`) ? path.slice(top.length + 1) : '';
}

function byFolder(initrd: Initrd): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const path of [...initrd.entries.keys()].sort(compare)) {
    if (isFolder(initrd, path)) continue;
    const names = folders.get(dirname(path)) ?? [];
    names.push(basename(path));
    folders.set(dirname(path), names);
  }
  return folders;
}

function isFolder(initrd: Initrd, path: string): boolean {
  const real = initrd.resolve(path);
  return real !== null && initrd.entries.get(real)?.kind === 'directory';
}
