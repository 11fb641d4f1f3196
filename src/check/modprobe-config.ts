import { compare } from '../modules/tree.ts';
import { BLOCKLIST } from '../paths.ts';
import type { FileTree } from './file-tree.ts';

/** Where libkmod reads its configuration, highest precedence first (modprobe.d(5)). */
export const CONFIG_DIRECTORIES = [
  'etc/modprobe.d',
  'run/modprobe.d',
  'usr/local/lib/modprobe.d',
  'usr/lib/modprobe.d',
  'lib/modprobe.d',
];

/** libkmod passes over files with any other ending (libkmod-config.c). */
const CONFIG_FILE = /^[^.].*\.(conf|alias)$/;

/** The list's own name, in whatever folder it stands. */
export const LIST_NAME = BLOCKLIST.slice(BLOCKLIST.lastIndexOf('/') + 1);

/** One file of modprobe's configuration. */
export interface ConfigFile {
  directory: string;
  name: string;
  /** '' for what is no file: a link to /dev/null hides the files of its name in lower directories. */
  text: string;
}

/** One line of it, in the order in which libkmod reads them. */
export interface ConfigLine {
  keyword: string;
  /** The second word, with `-` as `_`: a module, an alias or a pattern. */
  name: string;
  /** What follows. */
  rest: string;
  /** The file's path and the line's number, for people. */
  place: string;
  /** True for macveil's own list. */
  ours: boolean;
}

/** Every configuration file of a tree, hidden ones too; `directories` are those that count. */
export function readConfig(tree: FileTree, directories: string[]): ConfigFile[] {
  const files: ConfigFile[] = [];
  const seen = new Set<string>();
  for (const directory of directories) {
    const real = tree.real(directory);
    // On a merged-usr system lib/modprobe.d is usr/lib/modprobe.d.
    if (real === null || seen.has(real)) continue;
    seen.add(real);
    for (const name of tree.files(directory).filter((file) => CONFIG_FILE.test(file))) {
      const content = tree.content(`${directory}/${name}`);
      files.push({ directory, name, text: content?.toString() ?? '' });
    }
  }
  return files;
}

/** The lines that count: of files with the same name only the first one's, files in the order of their names. */
export function effectiveLines(files: ConfigFile[], tree: Pick<FileTree, 'show'>): ConfigLine[] {
  const first = new Map<string, ConfigFile>();
  for (const file of files) if (!first.has(file.name)) first.set(file.name, file);
  return [...first.values()].sort((a, b) => compare(a.name, b.name)).flatMap((file) => linesOf(file, tree));
}

function linesOf({ directory, name, text }: ConfigFile, tree: Pick<FileTree, 'show'>): ConfigLine[] {
  const path = tree.show(`${directory}/${name}`);
  const ours = name === LIST_NAME;
  return joinLines(text).flatMap(({ line, number }) => {
    const [, keyword = '', subject = '', rest = ''] = /^\s*(\S+)\s+(\S+)\s*(.*)$/s.exec(line) ?? [];
    if (keyword === '' || keyword.startsWith('#')) return [];
    return [{ keyword, name: underscores(subject), rest, place: `${path}:${number}`, ours }];
  });
}

/** As libkmod writes names: a dash inside brackets is a range and stays. */
export function underscores(name: string): string {
  // Brackets that are never closed would each be searched to the end.
  const end = name.lastIndexOf(']') + 1;
  const closed = name.slice(0, end).replace(/\[[^\]]*\]|-/g, (part) => (part === '-' ? '_' : part));
  return closed + name.slice(end).replaceAll('-', '_');
}

/** Lines with those joined that end in a backslash, each with the number of its first. */
function joinLines(text: string): { line: string; number: number }[] {
  const joined: { line: string; number: number }[] = [];
  let open = false;
  text.split('\n').forEach((part, index) => {
    const last = joined.at(-1);
    const continues = part.endsWith('\\');
    const words = continues ? part.slice(0, -1) : part;
    if (open && last !== undefined) last.line += words;
    else joined.push({ line: words, number: index + 1 });
    open = continues;
  });
  return joined;
}
