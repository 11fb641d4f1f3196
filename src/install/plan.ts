import { CliError, EXIT } from '../cli/errors.ts';
import { INSTALLED } from '../paths.ts';
import {
  diskFingerprint,
  type Entry,
  entryFingerprint,
  type Fingerprint,
  isOneOf,
  sameFingerprint,
} from './entry.ts';
import { formatRecord, type InstallRecord, ownedFiles } from './record.ts';
import { insidePath, locate } from './root.ts';
import { missingFolders, type Step } from './step.ts';

/** The record's own rights: it holds nothing secret, and `check` and people read it. */
const RECORD_MODE = 0o644;

type Owned = Map<string, Fingerprint[]>;

/** The way from what is in a root to what shall be there. */
export interface StepPlan {
  /** Done before everything else in an upgrade: the record that knows old and new files alike. */
  first: Step[];
  steps: Step[];
}

/**
 * The steps from what is in the root to `wanted`, and to the record of it at `place`; none when all is there. Throws when a
 * file of others is in the way.
 */
export function planInstall(
  root: string,
  wanted: Entry[],
  record: InstallRecord | null,
  place = INSTALLED,
): StepPlan {
  const owned = ownedFiles(record);
  refuseForeign(root, wanted, owned);
  const kept = wanted.filter((entry) => owned.has(entry.path) || !onDisk(root, entry));
  const folders = missingFolders(root, [place, ...kept.map((entry) => entry.path)]);
  const directories = [...(record?.directories ?? []), ...folders.map((host) => insidePath(root, host))];
  const files = kept.map((entry) => ({ path: entry.path, ...entryFingerprint(entry) }));
  const final: InstallRecord = { version: 1, files, directories: [...new Set(directories)] };
  const changes = [...kept.flatMap((entry) => writeStep(root, entry)), ...obsoleteSteps(root, wanted, owned)];
  const newFolders = folders.map((host): Step => ({ do: 'mkdir', host }));
  return recordAround(root, place, newFolders, changes, final, record);
}

// A record that knows all that may be there comes first: a run killed half-way can be repeated, and taken back.
function recordAround(
  root: string,
  place: string,
  folders: Step[],
  changes: Step[],
  final: InstallRecord,
  before: InstallRecord | null,
): StepPlan {
  const last = writeStep(root, textEntry(place, formatRecord(final)));
  const known = ownedFiles(final);
  const replaced = (before?.files ?? []).filter((file) => !isOneOf(file, known.get(file.path) ?? []));
  if (replaced.length === 0) return { first: [], steps: [...folders, ...last, ...changes] };
  const both = formatRecord({ ...final, files: [...final.files, ...replaced] });
  return { first: writeStep(root, textEntry(place, both)), steps: [...folders, ...changes, ...last] };
}

/** An entry that is a text file. */
export function textEntry(path: string, text: string): Entry {
  return { path, mode: RECORD_MODE, content: Buffer.from(text) };
}

// A file that is there already, exactly as wanted, but not from us: it stays, and uninstall must not take it.
function onDisk(root: string, entry: Entry): boolean {
  return sameFingerprint(diskFingerprint(locate(root, entry.path)), entryFingerprint(entry));
}

function refuseForeign(root: string, wanted: Entry[], owned: Owned): void {
  const foreign = wanted.filter((entry) => {
    const disk = diskFingerprint(locate(root, entry.path));
    const ours = isOneOf(disk, owned.get(entry.path) ?? []);
    return disk !== null && !ours && !sameFingerprint(disk, entryFingerprint(entry));
  });
  if (foreign.length === 0) return;
  const paths = foreign.map((entry) => entry.path).join(', ');
  const hint = 'move them away if they are not needed, then install again; nothing was changed';
  throw new CliError(
    EXIT.input,
    `${root} holds files that macveil did not put there, or that were edited since: ${paths}`,
    hint,
  );
}

function writeStep(root: string, entry: Entry): Step[] {
  if (onDisk(root, entry)) return [];
  const host = locate(root, entry.path);
  return [{ do: diskFingerprint(host) === null ? 'create' : 'replace', host, entry }];
}

// What an older macveil installed and this one does not: taken away unless someone edited it.
function obsoleteSteps(root: string, wanted: Entry[], owned: Owned): Step[] {
  const paths = new Set(wanted.map((entry) => entry.path));
  return [...owned].flatMap(([path, prints]): Step[] => {
    const host = locate(root, path);
    const ours = !paths.has(path) && isOneOf(diskFingerprint(host), prints);
    return ours ? [{ do: 'remove', host, path }] : [];
  });
}
