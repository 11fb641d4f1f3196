import { problem } from '../problem.ts';
import type { GlobalLine, Label, SyslinuxMenu } from './files.ts';

const NAME_IT = 'name the label with --entry, or mark it with "menu default"';

/** The label that syslinux boots by itself, or the one that is named; a CliError when that cannot be told. */
export function chooseLabel(menu: SyslinuxMenu, named: string | null): Label {
  const path = menu.files[0]?.path ?? '';
  if (menu.labels.length === 0)
    throw problem(path, 1, 'there is no label', 'name the file that holds the menu');
  if (named !== null) return byName(menu, named) ?? fail(path, 1, `no label is "${named}"`);
  return (
    timeoutLabel(menu) ?? markedLabel(menu) ?? defaultLabel(menu) ?? fail(path, 1, 'no label is the default')
  );
}

function byName({ labels }: SyslinuxMenu, name: string): Label | null {
  return labels.find((label) => label.name === name) ?? null;
}

/** `ontimeout` names what starts when nobody chooses; it may carry parameters of its own. */
function timeoutLabel(menu: SyslinuxMenu): Label | null {
  const line = menu.globals.findLast(({ keyword }) => keyword === 'ontimeout');
  if (line === undefined) return null;
  return (
    byName(menu, line.value) ?? fail(line.file.path, line.line, `ontimeout names no label: ${line.value}`)
  );
}

function markedLabel({ labels, globals }: SyslinuxMenu): Label | null {
  const submenu = globals.find(({ keyword }) => keyword === 'menu default');
  if (submenu) fail(submenu.file.path, submenu.line, 'the default is a submenu and no label');
  const marked = labels.filter(
    ({ depth, lines }) => depth === 0 && lines.some(({ keyword }) => keyword === 'menu default'),
  );
  const [first, second] = marked;
  if (second) fail(second.file.path, second.lines[0]?.line ?? 1, `a second default beside "${first?.name}"`);
  return first ?? null;
}

function defaultLabel(menu: SyslinuxMenu): Label | null {
  const lines = menu.globals.filter(({ keyword, value }) => keyword === 'default' && !isProgram(value));
  const line: GlobalLine | undefined = lines.at(-1);
  if (line === undefined) return null;
  return byName(menu, line.value) ?? fail(line.file.path, line.line, `default names no label: ${line.value}`);
}

// `default vesamenu.c32` starts the menu, in which labels are marked.
function isProgram(value: string): boolean {
  return /\.c32(?:\s|$)/.test(value);
}

function fail(path: string, line: number, what: string): never {
  throw problem(path, line, what, NAME_IT);
}
