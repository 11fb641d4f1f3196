import type { Decision } from '../../core/decision.ts';
import { judge, lineWithDecision } from '../parameters.ts';
import { problem } from '../problem.ts';
import { fillTitle, type Titles, toAscii } from '../titles.ts';
import type { Label, SyslinuxMenu } from './files.ts';
import type { ConfigLine } from './lines.ts';

/** Files that `kernel` starts and that are no Linux (doc/syslinux.txt). */
const OTHER_PROGRAM = /\.(?:c32|com|cbt|bin|bs|bss|0|img|efi)$/i;

/** What a label decides as it is; a CliError when it starts no Linux, or its parameters cannot be read in one way. */
export function decisionOf(menu: SyslinuxMenu, label: Label): Decision {
  const { file, lines } = label;
  const start = lines[0]?.line ?? 1;
  const kernel = lines.find(({ keyword }) => keyword === 'linux' || keyword === 'kernel');
  if (!kernel)
    throw problem(file.path, start, 'the label has no linux line', 'name another one with --entry');
  if (kernel.keyword === 'kernel' && OTHER_PROGRAM.test(kernel.value))
    throw problem(file.path, kernel.line, `${kernel.value} is no Linux`, 'name another label with --entry');
  const appends = lines.filter(({ keyword }) => keyword === 'append');
  if (appends[1])
    throw problem(file.path, appends[1].line, 'a second append line in one label', 'join the two');
  const judged = judge(parametersOf(menu, label));
  if ('refused' in judged)
    throw problem(file.path, appends[0]?.line ?? start, judged.refused, 'repair the append line');
  return judged.decision;
}

/** The label again under another name and title, with another decision and all else kept. */
export function deriveLabel(menu: SyslinuxMenu, label: Label, decision: Decision, titles: Titles): string {
  const [head, ...rest] = label.lines as [ConfigLine, ...ConfigLine[]];
  const indent = /^\s*/.exec(rest[0]?.raw ?? '')?.[0] || '\t';
  const title = `${indent}menu label ${titleOf(label, titles[decision])}`;
  const kept = rest.flatMap((line) => derivedLine(line, decision));
  const hasAppend = rest.some(({ keyword }) => keyword === 'append');
  const inherited = `append${parametersOf(menu, label) === '' ? '' : ` ${parametersOf(menu, label)}`}`;
  const append = hasAppend ? [] : [indent + lineWithDecision(inherited, 'append'.length, decision)];
  const name = `${head.raw.slice(0, head.floor)} ${label.name}-macveil-${decision}`;
  return [name, title, ...kept, ...append].join('\n');
}

/** A title as a syslinux menu can show it: its fonts have no letters beyond ASCII, and `^` would mark a hotkey. */
export function titleOf({ file, name, lines }: Label, template: string): string {
  const own = lines.find(({ keyword }) => keyword === 'menu label')?.value ?? name;
  const spelled = toAscii(template);
  if (/[^ -~]/.test(spelled))
    throw problem(
      file.path,
      lines[0]?.line ?? 1,
      `syslinux cannot show the title "${template}"`,
      'give a title in ASCII letters',
    );
  return fillTitle(spelled, own.replaceAll('^', '')).replaceAll('^', '');
}

/** A label without `append` has the one that stands before all labels; `append -` is none at all. */
function parametersOf({ globals }: SyslinuxMenu, { lines }: Label): string {
  const own = lines.find(({ keyword }) => keyword === 'append');
  const value = (own ?? globals.findLast(({ keyword }) => keyword === 'append'))?.value ?? '';
  return value === '-' ? '' : value;
}

function derivedLine(line: ConfigLine, decision: Decision): string[] {
  // `menu save` would make a choice for one start the next start's default.
  if (['menu label', 'menu default', 'menu save'].includes(line.keyword)) return [];
  if (line.keyword !== 'append') return [line.raw];
  const own = line.value === '-' ? line.raw.slice(0, line.floor) : line.raw;
  return [lineWithDecision(own, line.floor, decision)];
}
