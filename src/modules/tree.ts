import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { CliError, EXIT } from '../cli/errors.ts';
import { ioError } from '../cli/io-error.ts';
import { resolveInRoot } from './root-path.ts';

/** One module file of a kernel. */
export interface ModuleFile {
  /** Where its bytes are; '' when nothing inside the root is a regular file there (a dead link, a device). */
  file: string;
  /** Relative to the kernel's directory. */
  path: string;
}

/** One kernel of a root: its release and every module file below its directory. */
export interface KernelTree {
  release: string;
  /** Where it is on this host, resolved: one directory on a merged-usr system, at most two. */
  directories: string[];
  files: ModuleFile[];
}

/** Where kernels put their modules; on a merged-usr system both are the same place. */
const MODULE_DIRS = ['/lib/modules', '/usr/lib/modules'];
const MODULE_FILE = /\.ko(\.gz|\.xz|\.zst)?$/;
/** Links to the kernel's sources at the top of its directory; depmod passes them over as well. */
const NOT_MODULES = new Set(['build', 'source']);

/** Every kernel of a root, by release; throws when the root is missing or holds none. */
export async function findKernels(directory: string): Promise<KernelTree[]> {
  const root = resolve(directory);
  checkRoot(root);
  const kernels = new Map<string, KernelTree>();
  for (const place of moduleDirectories(root)) {
    for (const entry of entries(place)) addKernel(kernels, root, join(place, entry.name));
  }
  const found = [...kernels.values()].filter((kernel) => kernel.files.length > 0);
  if (found.length > 0) return found.sort((a, b) => compare(a.release, b.release));
  throw new CliError(
    EXIT.input,
    `no kernel modules under ${join(root, 'lib/modules')}`,
    'install a kernel in this root first, or name another root with --root',
  );
}

/** Plain code-unit order: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function checkRoot(root: string): void {
  const found = statOf(root);
  if (found?.isDirectory()) return;
  const what = found === undefined ? 'does not exist' : 'is not a directory';
  throw new CliError(
    EXIT.input,
    `the root ${root} ${what}`,
    'name the root directory of an image with --root',
  );
}

function moduleDirectories(root: string): Set<string> {
  const places = MODULE_DIRS.map((directory) => resolveInRoot(root, directory));
  return new Set(places.filter((place) => place !== null));
}

function addKernel(kernels: Map<string, KernelTree>, root: string, top: string): void {
  const real = resolveInRoot(root, relative(root, top));
  if (real === null || !statOf(real)?.isDirectory()) return;
  const release = basename(top);
  const kernel = kernels.get(release) ?? { release, directories: [], files: [] };
  kernels.set(release, kernel);
  kernel.directories.push(real);
  walk({ root, seen: new Set(), files: kernel.files }, real, '');
  kernel.files.sort((a, b) => compare(a.path, b.path));
}

interface Walk {
  root: string;
  /** Real directories already entered: a link to a parent would otherwise never end. */
  seen: Set<string>;
  files: ModuleFile[];
}

/** `real` is a directory without links on the way to it, `shown` its place below the kernel's directory. */
function walk(state: Walk, real: string, shown: string): void {
  if (state.seen.has(real)) return;
  state.seen.add(real);
  for (const entry of entries(real)) {
    if (shown === '' && NOT_MODULES.has(entry.name)) continue;
    const path = shown === '' ? entry.name : `${shown}/${entry.name}`;
    const { place, found } = follow(state.root, real, entry);
    if (found.isDirectory()) walk(state, place, path);
    else if (MODULE_FILE.test(entry.name))
      // A FIFO or device by a module's name would block the reader, or never end.
      state.files.push({ file: found.isFile() ? place : '', path });
  }
}

/** Where an entry really is and what it is; only links cost a look at the file system. */
function follow(root: string, directory: string, entry: Dirent): { place: string; found: Kind } {
  const path = `${directory}/${entry.name}`;
  if (!entry.isSymbolicLink()) return { place: path, found: entry };
  const place = resolveInRoot(root, relative(root, path));
  return place === null ? { place: '', found: NOTHING } : { place, found: statOf(place) ?? NOTHING };
}

type Kind = Pick<Stats, 'isDirectory' | 'isFile'>;
const NOTHING: Kind = { isDirectory: () => false, isFile: () => false };

/** Undefined for what does not exist. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw ioError(error as NodeJS.ErrnoException, path);
  }
}

function entries(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw ioError(error as NodeJS.ErrnoException, directory);
  }
}
