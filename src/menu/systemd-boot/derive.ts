import type { Decision } from '../../core/decision.ts';
import { judge, lineWithDecision } from '../parameters.ts';
import { problem } from '../problem.ts';
import { fillTitle, type Titles } from '../titles.ts';
import { type BootEntry, type EntryLine, fileName, keyValue, parseEntry, requireLinux } from './entry.ts';

/** The first line of every entry that macveil makes: by it they are found again. */
export const MARK = '# macveil menu: made from ';
/** Entries that a sort-key does not tell apart stand in the reverse order of their names, so each gets one of its own. */
const ORDER: Record<Decision, number> = { spoof: 1, keep: 2, offline: 3, ask: 4 };

/** What an entry decides as it is; a CliError when it starts no Linux, or its options cannot be read in one way. */
export function decisionOf(entry: BootEntry): Decision {
  requireLinux(entry);
  const options = optionLines(entry);
  const judged = judge(options.map(({ value }) => value).join(' '));
  if ('refused' in judged)
    throw problem(entry.path, options[0]?.line ?? 1, judged.refused, 'repair the options');
  return judged.decision;
}

/** The entry again under another title, with another decision and all else kept, sorted behind it. */
export function deriveEntry(entry: BootEntry, decision: Decision, titles: Titles): BootEntry {
  const own = keyValue(entry, 'title') || entry.id.replace(/\.conf$/, '');
  const title = `title      ${fillTitle(titles[decision], own)}`;
  const options = optionLines(entry);
  const kept = entry.lines.flatMap((line) => derivedLine(line, options, decision));
  const added = options.length === 0 ? [`options    macveil=${decision}`] : [];
  const text = `${[MARK + entry.id, title, ...kept, ...added].join('\n')}\n`;
  const folder = entry.path.slice(0, entry.path.length - fileName(entry.path).length);
  return parseEntry(`${folder}macveil-${decision}-${entry.id}`, text);
}

function derivedLine(line: EntryLine, options: EntryLine[], decision: Decision): string[] {
  if (line.key === 'title') return [];
  if (line.key === 'sort-key') return [`${line.raw.trimEnd()}-macveil-${ORDER[decision]}`];
  if (line.key !== 'options') return [line.raw];
  const floor = line.raw.indexOf('options') + 'options'.length;
  const edited = lineWithDecision(line.raw, floor, decision);
  // The decision belongs into one of several options lines; out of the others it must go as well.
  if (line === options[0]) return [edited];
  const without = edited.replace(` macveil=${decision}`, '');
  return without.trim() === 'options' ? [] : [without];
}

function optionLines({ lines }: BootEntry): EntryLine[] {
  return lines.filter(({ key }) => key === 'options');
}
