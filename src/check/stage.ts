import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileTree } from './file-tree.ts';
import type { ConfigFile } from './modprobe-config.ts';

/** A query that modprobe answers with exactly one line of its own, to tell the answers of a batch apart. */
export const MARK = 'macveil_check_mark';
/** The line it answers with; no configuration of an image has this command. */
export const MARK_LINE = `install ${MARK}`;

/** What modprobe is to be asked about: the modules of one kernel, and configuration. */
export interface Stage {
  release: string;
  /** modprobe's `-d`. */
  directory: string;
  /** modprobe's `-C`, highest precedence first. */
  config: string[];
}

/** The modules of one kernel in a tree. */
export interface StagedKernel {
  release: string;
  /** Paths below `lib/modules/RELEASE`. */
  modules: string[];
  /** A folder of this host in which each of them is a plain file; null when there is none. */
  folder: string | null;
}

/**
 * Puts what modprobe reads into an empty folder, since the links of an image would lead it to files of this host.
 * Modules only have to be there: libkmod drops a dependency without a file, and reads none in a dry run (measured).
 */
export function stage(directory: string, tree: FileTree, kernel: StagedKernel, files: ConfigFile[]): Stage {
  const top = join(directory, 'tree/lib/modules', kernel.release);
  mkdirSync(top, { recursive: true });
  writeAll(top, indexes(tree, kernel.release));
  if (kernel.folder === null) writeAll(top, new Map(kernel.modules.map((path) => [path, ''])));
  else linkModules(top, kernel.modules, kernel.folder);
  const config = new Map(files.map(({ directory: place, name, text }) => [`${place}/${name}`, text]));
  // The last folder has the lowest precedence: nothing of the image is hidden by it.
  writeAll(join(directory, 'config'), config.set('mark/macveil-check.conf', `install ${MARK} ${MARK}\n`));
  const places = [...new Set(files.map((file) => file.directory)), 'mark'];
  return {
    release: kernel.release,
    directory: join(directory, 'tree'),
    config: places.map((place) => join(directory, 'config', place)),
  };
}

function indexes(tree: FileTree, release: string): Map<string, Buffer> {
  const source = `lib/modules/${release}`;
  const contents = new Map<string, Buffer>();
  for (const name of tree.files(source).filter((file) => file.startsWith('modules.'))) {
    const content = tree.content(`${source}/${name}`);
    if (content !== null) contents.set(name, content);
  }
  return contents;
}

/** A link for each of their topmost folders: thousands of files would take longer than all questions. */
function linkModules(top: string, modules: string[], folder: string): void {
  const names = new Set(modules.map((path) => path.split('/')[0] as string));
  for (const name of names) symlinkSync(join(folder, name), join(top, name));
}

function writeAll(directory: string, contents: ReadonlyMap<string, Buffer | string>): void {
  const folders = new Set([...contents.keys()].map((path) => dirname(path)));
  for (const folder of folders) mkdirSync(join(directory, folder), { recursive: true });
  for (const [path, content] of contents) writeFileSync(join(directory, path), content);
}
