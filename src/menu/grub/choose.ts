import { CliError, EXIT } from '../../cli/errors.ts';
import { problem } from '../problem.ts';
import { type GrubMenu, isMenuBlock, type MenuItem } from './files.ts';
import { idOf, readHead } from './head.ts';
import type { Block } from './script.ts';

/** An entry that boots something, and the file it stands in. */
export type Chosen = MenuItem & { block: Block };

const NAME_IT = 'name the entry with --entry (its number, id or title)';

/** The entry that GRUB boots by itself, or the one that is named; a CliError when that cannot be told. */
export function chooseEntry(menu: GrubMenu, named: string | null): Chosen {
  if (menu.items.length === 0)
    throw problem(mainPath(menu), 1, 'there is no menuentry', 'name the grub.cfg that holds the menu');
  const chosen = follow(menu.items, splitPath(named ?? defaultOf(menu)), mainPath(menu));
  if (chosen.block.head[0]?.value === 'menuentry') return chosen;
  throw problem(
    chosen.file.path,
    chosen.line,
    'the default is a submenu and no entry',
    `${NAME_IT}, as in --entry "0>0"`,
  );
}

function mainPath({ files }: GrubMenu): string {
  return files[0]?.path ?? '';
}

/** What `set default=` says: the first entry when nothing does (grub-core/normal/menu.c). */
function defaultOf({ assignments }: GrubMenu): string {
  const all = assignments.filter(({ name }) => name === 'default');
  // ${next_entry} and the like are for one boot only; what stands there otherwise is what counts.
  const literal = all.filter(({ expands }) => !expands);
  const [first] = literal;
  const other = literal.find(({ value }) => value !== first?.value);
  if (other)
    throw problem(
      other.file.path,
      other.line,
      `a second default, "${other.value}" beside "${first?.value}"`,
      NAME_IT,
    );
  if (first) return first.value;
  const [unknown] = all;
  if (unknown)
    throw problem(
      unknown.file.path,
      unknown.line,
      `the default, ${unknown.value}, is known only at boot`,
      NAME_IT,
    );
  return '0';
}

/** `1>2` is the third entry of the second submenu; `>>` is a `>` in a title. */
function splitPath(text: string): string[] {
  return text.split(/(?<!>)>(?!>)/).map((part) => part.replaceAll('>>', '>'));
}

function follow(items: MenuItem[], path: string[], file: string): Chosen {
  const [name = '', ...rest] = path;
  const item = /^\d+$/.test(name) ? byNumber(items, Number(name), file) : byName(items, name, file);
  return rest.length === 0 ? item : follow(itemsOf(item), rest, item.file.path);
}

function itemsOf({ file, block, condition }: Chosen): MenuItem[] {
  return block.body.flatMap((statement) =>
    statement.kind === 'block' && isMenuBlock(statement)
      ? [{ file, block: statement, line: statement.line, condition }]
      : [],
  );
}

function byNumber(items: MenuItem[], number: number, file: string): Chosen {
  for (const [index, item] of items.entries()) {
    const { block, condition, line } = item;
    if (block === null)
      throw problem(
        item.file.path,
        line,
        'what is sourced here cannot be read, and may hold entries',
        NAME_IT,
      );
    if (condition !== null)
      throw problem(
        item.file.path,
        line,
        `whether this entry is there is decided at boot (line ${condition})`,
        NAME_IT,
      );
    if (index === number) return { ...item, block };
  }
  throw notFound(file, String(number));
}

function byName(items: MenuItem[], name: string, file: string): Chosen {
  for (const item of items) {
    if (item.block === null) continue;
    const head = readHead(item.file.path, item.block);
    if (idOf(head) === name || head.title.value === name) return { ...item, block: item.block };
  }
  throw notFound(file, name);
}

function notFound(file: string, name: string): CliError {
  return new CliError(EXIT.input, `${file}: no entry is "${name}"`, NAME_IT);
}
