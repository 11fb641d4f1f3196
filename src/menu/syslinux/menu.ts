import type { Decision } from '../../core/decision.ts';
import type { MenuPlan, MenuRequest, ReadText } from '../change.ts';
import { configChanges } from '../config-file.ts';
import { withBlock } from '../markers.ts';
import { decisionsToOffer, defaultNotes } from '../offer.ts';
import { problem } from '../problem.ts';
import type { Titles } from '../titles.ts';
import { chooseLabel } from './choose.ts';
import { decisionOf, deriveLabel, titleOf } from './derive.ts';
import { type Label, readSyslinuxMenu, type SyslinuxMenu } from './files.ts';
import { cutLines } from './lines.ts';

/** Plans the menu of a syslinux, isolinux or extlinux configuration; `find` gives the place of a file that it includes. */
export function planSyslinux(
  path: string,
  request: MenuRequest,
  read: ReadText,
  find: (included: string) => string | null,
): MenuPlan {
  const menu = readSyslinuxMenu(path, read, find);
  if (request.remove) return { changes: configChanges(menu.files, null), notes: [] };
  refuseSaved(menu);
  const label = chooseLabel(menu, request.entry);
  const byDefault = decisionOf(menu, label);
  const block = blockOf(menu, label, request, decisionsToOffer(request, byDefault));
  const after = withBlock(label.file.text, endOf(label), block);
  const where = `${label.file.path}:${label.lines[0]?.line ?? 1}`;
  return {
    changes: configChanges(menu.files, { file: label.file, after }),
    notes: defaultNotes(where, byDefault),
  };
}

function blockOf(
  menu: SyslinuxMenu,
  label: Label,
  { layout, titles }: MenuRequest,
  decisions: Decision[],
): string {
  const labels = decisions.map((decision) => provenLabel(menu, label, decision, titles)).join('\n\n');
  if (layout === 'flat') return labels;
  const title = titleOf(label, titles.submenu);
  const back = 'label macveil-back\n\tmenu label ..\n\tmenu exit';
  return `menu begin macveil\n\tmenu label ${title}\n\tmenu title ${title}\n${labels}\n\n${back}\nmenu end`;
}

/** What was written is read back: it must decide what its title says. */
function provenLabel(menu: SyslinuxMenu, label: Label, decision: Decision, titles: Titles): string {
  const text = deriveLabel(menu, label, decision, titles);
  if (decisionOf(menu, { ...label, lines: cutLines(text) }) !== decision)
    throw new Error(`the label for ${decision} decides something else:\n${text}`);
  return text;
}

/** The offset of the label's last line. */
function endOf({ file, lines }: Label): number {
  const last = lines.at(-1)?.line ?? 1;
  return file.text.split('\n').slice(0, last).join('\n').length;
}

/** extlinux would make a choice for one start the next start's default. */
function refuseSaved({ globals }: SyslinuxMenu): void {
  const saving = globals.find(({ keyword }) => keyword === 'menu mastersave' || keyword === 'menu save');
  if (!saving) return;
  const hint = 'take the line out: without it each start begins at the default entry';
  throw problem(saving.file.path, saving.line, 'the loader would remember the last choice', hint);
}
