import type { ReadText } from '../change.ts';
import { type ConfigFile, openConfig } from '../config-file.ts';
import { type Block, parseScript, type Statement } from './script.ts';

/** A place in the menu: an entry, or something of which only the boot shows what it adds. */
export interface MenuItem {
  file: ConfigFile;
  /** Null for a `source` that cannot be followed. */
  block: Block | null;
  line: number;
  /** The line of the `if` or the loop that decides whether it is there; null outside of any. */
  condition: number | null;
}

/** A variable that is set somewhere outside of the entries. */
export interface Assignment {
  file: ConfigFile;
  line: number;
  name: string;
  value: string;
  expands: boolean;
}

/** A GRUB configuration with all that it sources: its files, its top-level menu in order, what it sets. */
export interface GrubMenu {
  files: ConfigFile[];
  items: MenuItem[];
  assignments: Assignment[];
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/** Reads a configuration and what it sources; `find` gives the place of a sourced file on this host. */
export function readGrubMenu(
  path: string,
  read: ReadText,
  find: (sourced: string) => string | null,
): GrubMenu {
  const menu: GrubMenu = { files: [], items: [], assignments: [] };
  addFile(path);
  return menu;

  function addFile(file: string): boolean {
    const added = openConfig(menu.files, file, read);
    if (added === null) return false;
    walk(added, parseScript(file, added.text), null);
    return true;
  }

  function walk(file: ConfigFile, statements: Statement[], condition: number | null): void {
    for (const statement of statements) {
      const { line } = statement;
      if (statement.kind === 'compound') walk(file, statement.body, condition ?? line);
      else if (statement.kind === 'block') addBlock(file, statement, condition);
      else addCommand(file, statement.words, line, condition);
    }
  }

  function addBlock(file: ConfigFile, block: Block, condition: number | null): void {
    if (isMenuBlock(block)) menu.items.push({ file, block, line: block.line, condition });
  }

  function addCommand(file: ConfigFile, words: Block['head'], line: number, condition: number | null): void {
    const [name, argument] = words;
    if (name?.value === 'source' || name?.value === '.') {
      const place = argument === undefined || argument.expands ? null : find(argument.value);
      if (place === null || !addFile(place)) menu.items.push({ file, block: null, line, condition });
      return;
    }
    const assigned = name?.value === 'set' ? argument : name;
    const [, variable, value = ''] = ASSIGNMENT.exec(assigned?.value ?? '') ?? [];
    if (variable === undefined || assigned === undefined) return;
    menu.assignments.push({ file, line, name: variable, value, expands: assigned.expands });
  }
}

/** True for a block that is a place in the menu. */
export function isMenuBlock({ head }: Block): boolean {
  return head[0]?.value === 'menuentry' || head[0]?.value === 'submenu';
}
