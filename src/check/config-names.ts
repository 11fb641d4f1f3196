import { LOAD_DIRECTORIES } from './boot-names.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { CONFIG_DIRECTORIES } from './modprobe-config.ts';

/** Control characters, and what stands for bytes that are no text (UTF-8): such a file cannot be opened by its name. */
const NO_TEXT = /[\p{Cc}\ufffd]/u;
const READ = /\.(conf|alias)$/;
/** What a link leads to that only hides files of its name (modprobe.d(5)). */
const NOTHING = 'dev/null';

/** Files of modprobe's configuration and of boot lists that modprobe may read, and check cannot: what they say is not known. */
export function unreadableConfig(tree: FileTree): Finding[] {
  const paths = [...LOAD_DIRECTORIES, ...CONFIG_DIRECTORIES].reverse();
  // On a merged-usr system lib/modprobe.d is usr/lib/modprobe.d, and is called so.
  const folders = new Map(paths.map((path) => [tree.real(path), path]));
  return [...folders.values()].flatMap((folder) => [
    ...fileInPlace(tree, folder),
    ...tree.files(folder).flatMap((name) => unreadableFile(tree, `${folder}/${name}`)),
  ]);
}

/** libkmod reads a file that has the name of the folder (libkmod-config.c, conf_files_list). */
function fileInPlace(tree: FileTree, folder: string): Finding[] {
  return tree.content(folder) === null ? [] : [finding(tree, folder, 'is a file, and must be a folder')];
}

function unreadableFile(tree: FileTree, path: string): Finding[] {
  if (!READ.test(path)) return [];
  if (NO_TEXT.test(path)) return [finding(tree, path, 'has a name that is no plain text')];
  const real = tree.real(path);
  // A link that leads nowhere says nothing to modprobe either.
  if (real === null || real === NOTHING || tree.content(path) !== null) return [];
  return [finding(tree, path, 'is no regular file')];
}

function finding(tree: FileTree, path: string, fault: string): Finding {
  const what = `/${JSON.stringify(path).slice(1, -1)} ${fault}: what it says is not known`;
  return { kind: 'unreadable', what, where: tree.show(path), cure: 'rename it or take it away' };
}
