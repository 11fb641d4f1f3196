import { lstatSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Links the kernel follows before it says ELOOP (linux/namei.h, MAXSYMLINKS). */
const MAX_LINKS = 40;

/**
 * The real place of `path` as seen by a process whose root is `root`: an absolute link starts again at `root` and
 * `..` never climbs above it, as after chroot(2); null when it does not exist or the links never end.
 */
export function resolveInRoot(root: string, path: string): string | null {
  return follow(root, path, false);
}

/** The same for a path that need not be there yet: what does not exist is taken as written; null when the links never end. */
export function placeInRoot(root: string, path: string): string | null {
  return follow(root, path, true);
}

function follow(root: string, path: string, mayBeMissing: boolean): string | null {
  const todo = split(path);
  let done: string[] = [];
  for (let links = 0; todo.length > 0; ) {
    const part = todo.shift() as string;
    if (part === '..') {
      done = done.slice(0, -1);
      continue;
    }
    const target = linkTarget(join(root, ...done, part)) ?? (mayBeMissing ? '' : null);
    if (target === null) return null;
    if (target === '') done.push(part);
    else {
      if (++links > MAX_LINKS) return null;
      if (target.startsWith('/')) done = [];
      todo.unshift(...split(target));
    }
  }
  return join(resolve(root), ...done);
}

function split(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** The target of a link, '' for anything else, null for what does not exist. */
function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : '';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
