import { problem } from '../problem.ts';
import type { Block } from './script.ts';
import type { Token } from './words.ts';

/** The head of a menuentry or submenu: its title, its id, and the words that make its hotkey. */
export interface EntryHead {
  title: Token;
  id: Token | null;
  hotkey: Token[];
}

const WITH_VALUE = ['--class', '--users', '--hotkey', '--id', '--source'];
const WITHOUT_VALUE = ['--unrestricted'];
/** What Debian's GRUB puts before an id: a variable that holds `--id`, or nothing in an old GRUB. */
const ID_OPTION = /^\$(?:menuentry_id_option|\{menuentry_id_option\})$/;

/** Reads the head of an entry (grub-core/commands/menuentry.c); a CliError for an option that it does not know. */
export function readHead(path: string, { head, line }: Block): EntryHead {
  const found: { title: Token | null; id: Token | null; hotkey: Token[] } = {
    title: null,
    id: null,
    hotkey: [],
  };
  for (let index = 1; index < head.length; index += 1) {
    const word = head[index] as Token;
    const { name, hasValue } = optionOf(word);
    if (name === null) {
      found.title ??= word;
      continue;
    }
    const separate = WITH_VALUE.includes(name) && !hasValue;
    const value = separate ? head[index + 1] : word;
    if (value === undefined || !(WITH_VALUE.includes(name) || WITHOUT_VALUE.includes(name)))
      throw problem(
        path,
        word.line,
        `"${word.raw}" is no option of an entry`,
        'repair the entry, or leave it out',
      );
    if (name === '--id') found.id = value;
    if (name === '--hotkey') found.hotkey = separate ? [word, value] : [word];
    if (separate) index += 1;
  }
  if (found.title === null) throw problem(path, line, 'the entry has no title', 'give it one in quotes');
  return { ...found, title: found.title };
}

/** The id of an entry in plain letters; null when it has none. */
export function idOf({ id }: EntryHead): string | null {
  return id === null ? null : id.value.replace(/^--id=/, '');
}

function optionOf({ raw, value }: Token): { name: string | null; hasValue: boolean } {
  if (ID_OPTION.test(raw)) return { name: '--id', hasValue: false };
  if (!value.startsWith('--')) return { name: null, hasValue: false };
  return { name: value.split('=')[0] ?? value, hasValue: value.includes('=') };
}
