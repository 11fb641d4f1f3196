import { basename, dirname } from 'node:path';
import type { Initrd } from '../initrd/initrd.ts';
import { compare } from '../modules/tree.ts';
import { type FileTree, MODULE_FILE } from './file-tree.ts';

/** Contents that `check` looks at: everything but modules and firmware, which are most of an initrd. */
export function isKept(path: string): boolean {
  return (
    !MODULE_FILE.test(path) && !path.startsWith('usr/lib/firmware/') && !path.startsWith('lib/firmware/')
  );
}

/** The files of an initrd; messages call it by `label`. */
export function initrdTree(initrd: Initrd, label: string): FileTree {
  const folders = byFolder(initrd, (path) => !isFolder(initrd, path));
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
    mode: (path) => initrd.entries.get(initrd.resolve(path) ?? '')?.mode ?? null,
  };
}

/** Kernels of an initrd: each release with its modules' paths below its folder in lib/modules, as links make them appear. */
export function initrdKernels(initrd: Initrd): Map<string, string[]> {
  const kernels = new Map<string, string[]>();
  const top = initrd.resolve('lib/modules');
  if (top === null) return kernels;
  const names = byFolder(initrd, () => true);
  for (const release of names.get(top) ?? []) {
    const place = initrd.resolve(`${top}/${release}`);
    if (place !== null && isFolder(initrd, place)) kernels.set(release, modulesBelow(initrd, names, place));
  }
  return kernels;
}

/** Each folder is entered once, by whatever way is found first: a link to a parent would otherwise never end. */
function modulesBelow(initrd: Initrd, names: ReadonlyMap<string, string[]>, top: string): string[] {
  const found: string[] = [];
  const seen = new Set([top]);
  const todo = [{ place: top, shown: '' }];
  for (const { place, shown } of todo) {
    for (const name of names.get(place) ?? []) {
      const real = initrd.resolve(`${place}/${name}`);
      if (real === null) continue;
      if (!isFolder(initrd, real)) found.push(...(MODULE_FILE.test(name) ? [shown + name] : []));
      else if (!seen.has(real)) {
        seen.add(real);
        todo.push({ place: real, shown: `${shown}${name}/` });
      }
    }
  }
  return found.sort(compare);
}

/** Wanted names by the folder they are in, sorted. */
function byFolder(initrd: Initrd, wanted: (path: string) => boolean): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const path of [...initrd.entries.keys()].filter(wanted).sort(compare)) {
    const folder = dirname(path) === '.' ? '' : dirname(path);
    const names = folders.get(folder) ?? [];
    names.push(basename(path));
    folders.set(folder, names);
  }
  return folders;
}

function isFolder(initrd: Initrd, path: string): boolean {
  const real = initrd.resolve(path);
  return real !== null && initrd.entries.get(real)?.kind === 'directory';
}
