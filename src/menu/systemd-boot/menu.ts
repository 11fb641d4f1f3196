import { CliError, EXIT } from '../../cli/errors.ts';
import type { Decision } from '../../core/decision.ts';
import type { FileChange, MenuPlan, MenuRequest, ReadText } from '../change.ts';
import { decisionsToOffer, defaultNotes } from '../offer.ts';
import { problem } from '../problem.ts';
import type { Titles } from '../titles.ts';
import { chooseEntry, defaultEntry, type LoaderConf, parseLoaderConf } from './choose.ts';
import { decisionOf, deriveEntry, MARK } from './derive.ts';
import { type BootEntry, parseEntry } from './entry.ts';

/** Plans the entries of systemd-boot: `folder` holds loader.conf and entries/, `names` are the files of the latter. */
export function planSystemdBoot(
  folder: string,
  names: readonly string[],
  request: MenuRequest,
  read: ReadText,
): MenuPlan {
  const files = names.filter((name) => name.endsWith('.conf')).map((name) => `${folder}/entries/${name}`);
  const found = files.map((path) => parseEntry(path, read(path) ?? ''));
  const made = found.filter(isMade);
  if (request.remove) return { changes: changesTo(made, []), notes: [] };
  const originals = found.filter((entry) => !isMade(entry));
  const conf = parseLoaderConf(`${folder}/loader.conf`, read(`${folder}/loader.conf`));
  if (originals.length === 0)
    throw new CliError(
      EXIT.input,
      `${folder}/entries: there is no entry`,
      'see docs/boot-menu.md about unified kernel images',
    );
  const entry = chooseEntry(originals, conf, request.entry);
  const byDefault = decisionOf(entry);
  requireFlat(request);
  const derived = decisionsToOffer(request, byDefault).map((decision) =>
    provenEntry(entry, decision, request.titles),
  );
  refuseForeign(originals, derived);
  refuseNewDefault(originals, derived, conf);
  return { changes: changesTo(made, derived), notes: defaultNotes(entry.path, byDefault) };
}

/** What was written is read back: it must decide what its title says. */
function provenEntry(entry: BootEntry, decision: Decision, titles: Titles): BootEntry {
  const derived = deriveEntry(entry, decision, titles);
  if (decisionOf(derived) !== decision)
    throw new Error(`the entry for ${decision} decides something else:\n${derived.text}`);
  return derived;
}

function isMade({ text }: BootEntry): boolean {
  return text.startsWith(MARK);
}

function changesTo(made: BootEntry[], derived: BootEntry[]): FileChange[] {
  const paths = [...new Set([...made, ...derived].map(({ path }) => path))].sort();
  const textIn = (entries: BootEntry[], path: string) =>
    entries.find((entry) => entry.path === path)?.text ?? null;
  return paths.map((path) => ({ path, before: textIn(made, path), after: textIn(derived, path) }));
}

function requireFlat({ layout }: MenuRequest): void {
  if (layout === 'flat') return;
  throw new CliError(EXIT.usage, 'systemd-boot has no submenus', 'leave out --submenu');
}

function refuseForeign(originals: BootEntry[], derived: BootEntry[]): void {
  const taken = originals.find(({ path }) => derived.some((entry) => entry.path === path));
  if (taken) throw problem(taken.path, 1, 'the file is in the way and is not of macveil', 'move it away');
}

/** A pattern in loader.conf may fit the new entries too, and without one the first of the menu is the default. */
function refuseNewDefault(originals: BootEntry[], derived: BootEntry[], conf: LoaderConf): void {
  const before = conf.pattern?.value.startsWith('@') ? null : defaultEntry(originals, conf);
  if (before === null || defaultEntry([...originals, ...derived], conf) === before) return;
  const what = 'with the new entries another one would be the default';
  throw problem(conf.path, conf.pattern?.line ?? 1, what, `write "default ${before.id}" into loader.conf`);
}
