import { mkdirSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';

/** Rights by which others could change what is in a directory. */
const OTHERS_MAY_WRITE = 0o022;

/** Where results are kept, made when it is not there; or why a place that exists is not used; null when there is none. */
export function cacheDirectory(
  environment: NodeJS.ProcessEnv,
): { path: string } | { refused: string } | null {
  const base = cacheHome(environment);
  if (base === null) return null;
  const path = join(base, 'macveil');
  try {
    // root with the HOME of a user would leave there what the user cannot remove.
    if (isForeign(base))
      return { refused: `the cache in ${path} is not used: ${base} belongs to another user` };
    make(base);
    make(path);
    return trusted(path, statSync(path));
  } catch {
    // A full or read-only disk: everything works without.
    return null;
  }
}

/** One directory and not its parents: a home that does not exist is none, and below /proc Node would try for ever. */
function make(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path, { mode: 0o700 });
}

/** As the XDG Base Directory Specification has it: a path that is not absolute does not count. */
function cacheHome({ XDG_CACHE_HOME: xdg, HOME: home }: NodeJS.ProcessEnv): string | null {
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  return home !== undefined && isAbsolute(home) ? join(home, '.cache') : null;
}

function isForeign(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.uid !== process.geteuid?.();
}

/** Whoever else can write there decides what is blocked. */
function trusted(path: string, found: Stats): { path: string } | { refused: string } {
  const refused = (why: string) => ({ refused: `the cache in ${path} is not used: ${why}` });
  if (!found.isDirectory()) return refused('it is not a directory');
  if (found.uid !== process.geteuid?.()) return refused('it belongs to another user');
  if ((found.mode & OTHERS_MAY_WRITE) !== 0) return refused('others may write to it (chmod go-w)');
  return { path };
}
