import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileTree, MODULE_FILE } from './file-tree.ts';
import { FIRST_NAME, type Mark, makeMark } from './mark.ts';
import type { ConfigFile } from './modprobe-config.ts';

/** What modprobe is to be asked about: the modules of one kernel, and configuration. */
export interface Stage {
  release: string;
  /** modprobe's `-d`. */
  directory: string;
  mark: Mark;
  /** modprobe's `-C`, highest precedence first: the mark's own, then the image's. */
  config: [string, ...string[]];
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
  // Where distributions moved /lib/modules, their kmod looks there (kmod 32 and later: module directory).
  mkdirSync(join(directory, 'tree/usr'));
  symlinkSync('../lib', join(directory, 'tree/usr/lib'));
  writeAll(top, indexes(tree, kernel.release));
  if (kernel.folder === null) writeAll(top, new Map(kernel.modules.map((path) => [path, ''])));
  else linkModules(top, kernel.modules, kernel.folder);
  return { release: kernel.release, directory: join(directory, 'tree'), ...stageConfig(directory, files) };
}

/** The same without any configuration of the image: nothing keeps a module from loading. */
export function withoutConfig(stage: Stage): Stage {
  return { ...stage, config: [stage.config[0]] };
}

function stageConfig(directory: string, files: ConfigFile[]): Pick<Stage, 'mark' | 'config'> {
  const [mark, top] = [makeMark(), join(directory, 'config')];
  const texts = new Map(files.map(({ directory: place, name, text }) => [`${place}/${name}`, text]));
  writeAll(top, texts.set(`mark/${FIRST_NAME}`, mark.config));
  const places = [...new Set(files.map((file) => file.directory))];
  return { mark, config: [join(top, 'mark'), ...places.map((place) => join(top, place))] };
}

function indexes(tree: FileTree, release: string): Map<string, Buffer> {
  const source = `lib/modules/${release}`;
  const contents = new Map<string, Buffer>();
  for (const name of tree.files(source).filter(isIndex)) {
    const content = tree.content(`${source}/${name}`);
    if (content !== null) contents.set(name, content);
  }
  return contents;
}

/** A module may be called so as well, and is put there by other means. */
function isIndex(name: string): boolean {
  return name.startsWith('modules.') && !MODULE_FILE.test(name);
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
