import type { Decision } from '../../core/decision.ts';
import type { MenuPlan, MenuRequest, ReadText } from '../change.ts';
import { configChanges } from '../config-file.ts';
import { withBlock } from '../markers.ts';
import { decisionsToOffer, defaultNotes } from '../offer.ts';
import { problem } from '../problem.ts';
import { fillTitle, type Titles } from '../titles.ts';
import { type Chosen, chooseEntry } from './choose.ts';
import { commandsOf, decisionOf, deriveEntry, quote } from './derive.ts';
import { type GrubMenu, readGrubMenu } from './files.ts';
import { readHead } from './head.ts';
import { parseScript } from './script.ts';

/** grub-mkconfig marks what each of its scripts wrote. */
const GENERATED = /^### BEGIN \/etc\/grub\.d\/.*$/m;

/** Plans the menu of a grub.cfg; `find` gives the place of a file that it sources. */
export function planGrub(
  path: string,
  request: MenuRequest,
  read: ReadText,
  find: (sourced: string) => string | null,
): MenuPlan {
  const menu = readGrubMenu(path, read, find);
  if (request.remove) return { changes: configChanges(menu.files, null), notes: [] };
  refuseGenerated(menu);
  const chosen = chooseEntry(menu, request.entry);
  const byDefault = decisionOf(chosen);
  refuseHidden(menu, chosen);
  refuseShifted(menu, chosen);
  refuseSharedLine(chosen);
  const after = withBlock(chosen.file.text, chosen.block.end, blockOf(menu, chosen, request, byDefault));
  const where = `${chosen.file.path}:${chosen.line}`;
  return {
    changes: configChanges(menu.files, { file: chosen.file, after }),
    notes: defaultNotes(where, byDefault),
  };
}

function blockOf(menu: GrubMenu, chosen: Chosen, request: MenuRequest, byDefault: Decision): string {
  const entries = decisionsToOffer(request, byDefault).map((decision) =>
    provenEntry(chosen, decision, request.titles),
  );
  if (request.layout === 'flat') return entries.join('\n');
  const title = fillTitle(request.titles.submenu, readHead(chosen.file.path, chosen.block).title.value);
  return `submenu ${quote(title)} --id 'macveil' {\n${lookOf(menu, chosen)}${entries.join('\n')}\n}`;
}

/** A submenu starts without the variables of its menu; what the image's own ones source first gives them their look. */
function lookOf({ items }: GrubMenu, { file }: Chosen): string {
  for (const { block } of items.filter((item) => item.file === file)) {
    const first = block?.head[0]?.value === 'submenu' ? block.body[0] : undefined;
    if (first?.kind !== 'command' || first.words[0]?.value !== 'source') continue;
    return `\t${first.words.map(({ raw }) => raw).join(' ')}\n`;
  }
  return '';
}

/** What was written is read back: it must decide what its title says. */
function provenEntry(chosen: Chosen, decision: Decision, titles: Titles): string {
  const text = deriveEntry(chosen, decision, titles);
  const [block] = parseScript(chosen.file.path, text);
  if (block?.kind !== 'block' || decisionOf({ ...chosen, block }) !== decision)
    throw new Error(`the entry for ${decision} decides something else:\n${text}`);
  return text;
}

function refuseGenerated({ files }: GrubMenu): void {
  for (const { path, text } of files) {
    const found = GENERATED.exec(text);
    if (!found) continue;
    const line = text.slice(0, found.index).split('\n').length;
    const hint =
      'let update-grub make the entries: macveil install puts /etc/grub.d/11_macveil in place where GRUB is (docs/boot-menu.md)';
    throw problem(path, line, 'grub-mkconfig made this file, and would overwrite it', hint);
  }
}

/** A decision in a variable would reach the kernel beside the one of an entry. */
function refuseHidden({ assignments }: GrubMenu, { file, block }: Chosen): void {
  const within = commandsOf(block.body)
    .filter(({ words }) => words[0]?.value === 'set' && /=.*macveil/is.test(words[1]?.value ?? ''))
    .map(({ line, words }) => ({ file, line, name: words[1]?.value.split('=')[0] ?? '' }));
  const hidden = assignments.find(({ value }) => /macveil/i.test(value)) ?? within[0];
  if (!hidden) return;
  const hint = 'write the parameter in the linux line itself';
  throw problem(hidden.file.path, hidden.line, `the variable ${hidden.name} holds a macveil word`, hint);
}

/** Entries behind the new ones get other numbers. */
function refuseShifted({ assignments }: GrubMenu, { line }: Chosen): void {
  const fallback = assignments.find(({ name, value }) => name === 'fallback' && /^\d/.test(value));
  if (!fallback) return;
  const what = `"fallback" names an entry by number, and entries behind line ${line} get other numbers`;
  throw problem(fallback.file.path, fallback.line, what, 'name the entry by its id or title');
}

/** New lines go behind the entry's last one: nothing else may stand on it. */
function refuseSharedLine({ file, block }: Chosen): void {
  const rest = /^[^\n]*/.exec(file.text.slice(block.end))?.[0] ?? '';
  if (/^\s*(?:#.*)?$/.test(rest)) return;
  const line = file.text.slice(0, block.end).split('\n').length;
  throw problem(file.path, line, 'something stands behind the closing brace', 'put it on a line of its own');
}
