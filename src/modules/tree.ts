import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
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
  await checkRoot(root);
  const kernels = new Map<string, KernelTree>();
  for (const place of await moduleDirectories(root)) {
    for (const entry of await entries(place)) await addKernel(kernels, root, place, entry.name);
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

async function checkRoot(root: string): Promise<void> {
  const found = await stat(root).catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw ioError(error, root);
  });
  if (found?.isDirectory()) return;
  const what = found === null ? 'does not exist' : 'is not a directory';
  throw new CliError(
    EXIT.input,
    `the root ${root} ${what}`,
    'name the root directory of an image with --root',
  );
}

async function moduleDirectories(root: string): Promise<Set<string>> {
  const places = new Set<string>();
  for (const directory of MODULE_DIRS) {
    const place = await resolveInRoot(root, directory);
    if (place !== null) places.add(place);
  }
  return places;
}

async function addKernel(
  kernels: Map<string, KernelTree>,
  root: string,
  directory: string,
  release: string,
): Promise<void> {
  const top = join(directory, release);
  if (!(await isDirectory(root, top))) return;
  const kernel = kernels.get(release) ?? { release, directories: [], files: [] };
  kernels.set(release, kernel);
  kernel.directories.push(top);
  await walk({ root, top, seen: new Set(), files: kernel.files }, top, true);
  kernel.files.sort((a, b) => compare(a.path, b.path));
}

interface Walk {
  root: string;
  top: string;
  /** Real directories already entered: a link to a parent would otherwise never end. */
  seen: Set<string>;
  files: ModuleFile[];
}

async function walk(state: Walk, directory: string, isTop: boolean): Promise<void> {
  const real = await resolveInRoot(state.root, relative(state.root, directory));
  if (real === null || state.seen.has(real)) return;
  state.seen.add(real);
  for (const entry of await entries(real)) {
    if (isTop && NOT_MODULES.has(entry.name)) continue;
    const path = join(directory, entry.name);
    const isLink = entry.isSymbolicLink();
    if (entry.isDirectory() || (isLink && (await isDirectory(state.root, path))))
      await walk(state, path, false);
    else if (!MODULE_FILE.test(entry.name)) continue;
    else
      state.files.push({ file: await regularFile(state.root, path, entry), path: relative(state.top, path) });
  }
}

/** A FIFO or device by a module's name would block the reader, or never end. */
async function regularFile(root: string, path: string, entry: Dirent): Promise<string> {
  if (!entry.isSymbolicLink()) return entry.isFile() ? path : '';
  const real = await resolveInRoot(root, relative(root, path));
  return real !== null && (await stat(real)).isFile() ? real : '';
}

async function isDirectory(root: string, path: string): Promise<boolean> {
  const real = await resolveInRoot(root, relative(root, path));
  return real !== null && (await stat(real)).isDirectory();
}

async function entries(directory: string): Promise<Dirent[]> {
  return readdir(directory, { withFileTypes: true }).catch((error) => {
    throw ioError(error, directory);
  });
}
