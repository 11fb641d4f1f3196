import type { Decision } from '../../core/decision.ts';
import { applyEdits, type Edit } from '../edit.ts';
import { decisionEdits, judge } from '../parameters.ts';
import { problem } from '../problem.ts';
import { fillTitle, type Titles } from '../titles.ts';
import type { Chosen } from './choose.ts';
import { type EntryHead, idOf, readHead } from './head.ts';
import type { Command, Statement } from './script.ts';
import type { Token } from './words.ts';

const LINUX = ['linux', 'linux16', 'linuxefi'];

/** What the entry decides as it is; a CliError when it starts no Linux, or its parameters cannot be read in one way. */
export function decisionOf({ file, block }: Chosen): Decision {
  const lines = linuxLines(block.body);
  const [first] = lines;
  if (!first)
    throw problem(file.path, block.line, 'the entry has no linux line', 'name another one with --entry');
  const decisions = lines.map(({ words, line }) => {
    const judged = judge(cmdlineOf(words.slice(2)));
    if ('refused' in judged) throw problem(file.path, line, judged.refused, 'repair the linux line');
    return judged.decision;
  });
  if (decisions.some((decision) => decision !== decisions[0]))
    throw problem(
      file.path,
      first.line,
      'the linux lines of the entry decide differently',
      'make them agree',
    );
  return decisions[0] as Decision;
}

/** The entry again under another title, with another decision and all else kept. */
export function deriveEntry({ file, block }: Chosen, decision: Decision, titles: Titles): string {
  const head = readHead(file.path, block);
  refuseExpansion(file.path, head);
  const edits = [
    ...headEdits(head, fillTitle(titles[decision], head.title.value), decision),
    ...commandsOf(block.body).flatMap((command) => commandEdits(command, decision)),
  ].map(({ start, end, text }) => ({ start: start - block.start, end: end - block.start, text }));
  return applyEdits(file.text.slice(block.start, block.end), edits);
}

/** A text in GRUB's quotes. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function headEdits(head: EntryHead, title: string, decision: Decision): Edit[] {
  const { title: word, id, hotkey } = head;
  const newId = quote(`${id === null ? '' : `${idOf(head)}-`}macveil-${decision}`);
  // Two entries with one hotkey: GRUB would take the first.
  const gone = hotkey.map(({ start, end }) => ({ start: start - 1, end, text: '' }));
  if (id === null) return [...gone, { ...span(word), text: `${quote(title)} --id ${newId}` }];
  const prefix = id.value.startsWith('--id=') ? '--id=' : '';
  return [...gone, { ...span(word), text: quote(title) }, { ...span(id), text: `${prefix}${newId}` }];
}

function commandEdits({ words }: Command, decision: Decision): Edit[] {
  const [name, kernel] = words;
  // A choice for one start must not become the next start's default.
  if (name?.value === 'savedefault') return [{ ...span(name), text: 'true' }];
  if (!name || !kernel || !LINUX.includes(name.value)) return [];
  return decisionEdits(words.slice(2), kernel.end, decision);
}

function refuseExpansion(path: string, { title, id }: EntryHead): void {
  const word = [title, id].find((part) => part?.expands);
  if (word) throw problem(path, word.line, `${word.raw} is known only at boot`, 'write title and id out');
}

function linuxLines(body: Statement[]): Command[] {
  return commandsOf(body).filter(({ words }) => words.length > 1 && LINUX.includes(words[0]?.value ?? ''));
}

/** Every command of an entry, in all branches. */
export function commandsOf(body: Statement[]): Command[] {
  return body.flatMap((statement) =>
    statement.kind === 'command' ? [statement] : commandsOf(statement.body),
  );
}

// GRUB puts a word with white space in quotes for the kernel (grub-core/lib/cmdline.c).
function cmdlineOf(words: Token[]): string {
  return words.map(({ value }) => (/\s/.test(value) ? `"${value}"` : value)).join(' ');
}

function span({ start, end }: Token): { start: number; end: number } {
  return { start, end };
}
