import type { ReadText } from '../change.ts';
import { type ConfigFile, openConfig } from '../config-file.ts';
import { problem } from '../problem.ts';
import { type ConfigLine, cutLines } from './lines.ts';

/** A label with its lines, from `label` to its last one that says something. */
export interface Label {
  file: ConfigFile;
  name: string;
  lines: ConfigLine[];
  /** How many `menu begin` it stands in. */
  depth: number;
}

/** A line outside of any label. */
export interface GlobalLine extends ConfigLine {
  file: ConfigFile;
}

/** A syslinux configuration with all that it includes. */
export interface SyslinuxMenu {
  files: ConfigFile[];
  labels: Label[];
  globals: GlobalLine[];
}

/** Words that belong to the label above them (doc/syslinux.txt, doc/menu.txt of syslinux). */
const OF_LABEL = [
  ...[
    'linux',
    'kernel',
    'initrd',
    'append',
    'fdt',
    'fdtdir',
    'com32',
    'config',
    'boot',
    'bss',
    'pxe',
    'fdimage',
  ],
  ...['localboot', 'ipappend', 'sysappend', 'text help'],
  ...['label', 'default', 'hide', 'disable', 'indent', 'passwd', 'save', 'exit', 'quit', 'goto'].map(
    (word) => `menu ${word}`,
  ),
];
/** Words that say something of the menu or the loader wherever they stand. */
const GLOBAL = [
  ...[
    'default',
    'ui',
    'prompt',
    'timeout',
    'totaltimeout',
    'ontimeout',
    'onerror',
    'noescape',
    'allowoptions',
    'implicit',
  ],
  ...[
    'serial',
    'console',
    'font',
    'kbdmap',
    'display',
    'say',
    'f1',
    'f2',
    'f3',
    'f4',
    'f5',
    'f6',
    'f7',
    'f8',
    'f9',
    'f10',
    'f11',
    'f12',
  ],
  ...['nocomplete', 'nohalt', 'sendcookies', 'path', 'menu include'],
];

/** Reads a configuration and what it includes; `find` gives the place of an included file on this host. */
export function readSyslinuxMenu(
  path: string,
  read: ReadText,
  find: (included: string) => string | null,
): SyslinuxMenu {
  const menu: SyslinuxMenu = { files: [], labels: [], globals: [] };
  let depth = 0;
  addFile(path);
  return menu;

  function addFile(place: string): boolean {
    const file = openConfig(menu.files, place, read);
    if (file === null) return false;
    const lines = cutLines(file.text);
    for (let index = 0; index < lines.length; ) index += addLine(file, lines, index);
    return true;
  }

  /** Returns how many lines were taken. */
  function addLine(file: ConfigFile, lines: ConfigLine[], index: number): number {
    const line = lines[index] as ConfigLine;
    const { keyword, value } = line;
    if (keyword === 'label') return addLabel(file, lines, index);
    if (keyword === 'include') include(file, line);
    if (keyword === 'menu begin') depth += 1;
    if (keyword === 'menu end') depth -= 1;
    if (depth < 0) throw problem(file.path, line.line, '"menu end" without "menu begin"', 'repair the file');
    if (keyword !== '') menu.globals.push({ ...line, file, value });
    refuseStray(menu, file.path, line);
    return 1;
  }

  function addLabel(file: ConfigFile, lines: ConfigLine[], start: number): number {
    const length = labelLength(file.path, lines.slice(start));
    const own = lines.slice(start, start + length);
    const name = own[0]?.value ?? '';
    if (!/^\S+$/.test(name))
      throw problem(file.path, start + 1, 'the label has no name in one word', 'give it one');
    menu.labels.push({ file, name, lines: own, depth });
    return length;
  }

  function include(file: ConfigFile, { value, line }: ConfigLine): void {
    const place = find(value.split(/\s+/)[0] ?? '');
    if (place === null || !addFile(place))
      throw problem(
        file.path,
        line,
        `the included file ${value} cannot be read`,
        'name the folder of the whole medium',
      );
  }
}

/** What is unknown, and what would belong to a label that a global word has already ended. */
function refuseStray({ labels }: SyslinuxMenu, path: string, { keyword, line }: ConfigLine): void {
  const isMenu = keyword.startsWith('menu ');
  if (keyword === '' || keyword === 'include' || isMenu || GLOBAL.includes(keyword)) return;
  if (OF_LABEL.includes(keyword) && labels.length === 0) return;
  const what = OF_LABEL.includes(keyword)
    ? `"${keyword}" stands behind a label, parted from it by a line that is not the label's`
    : `"${keyword}" is no word of a syslinux configuration that macveil knows`;
  throw problem(path, line, what, 'repair the line, then run the command again');
}

function labelLength(path: string, lines: ConfigLine[]): number {
  let length = 1;
  for (let index = 1; index < lines.length; index += 1) {
    const { keyword, line } = lines[index] as ConfigLine;
    if (endsLabel(keyword)) break;
    if (keyword === '') continue;
    if (!OF_LABEL.includes(keyword))
      throw problem(
        path,
        line,
        `"${keyword}" is no word of a label that macveil knows`,
        'take it out of the label, or ask for it to be added',
      );
    if (keyword === 'text help') index = textEnd(path, lines, index);
    length = index + 1;
  }
  return length;
}

// menu.c32 takes many words anywhere; what is known to be global ends the label here.
function endsLabel(keyword: string): boolean {
  if (keyword === 'label' || keyword === 'include' || GLOBAL.includes(keyword)) return true;
  return keyword.startsWith('menu ') && !OF_LABEL.includes(keyword);
}

function textEnd(path: string, lines: ConfigLine[], start: number): number {
  const end = lines.findIndex(({ keyword }, index) => index > start && keyword === 'endtext');
  if (end < 0)
    throw problem(path, lines[start]?.line ?? 1, '"text help" without "endtext"', 'close the text');
  return end;
}
