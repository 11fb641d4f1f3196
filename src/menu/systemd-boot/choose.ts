import { CliError, EXIT } from '../../cli/errors.ts';
import { problem } from '../problem.ts';
import { type BootEntry, keyValue } from './entry.ts';
import { compareVersions } from './version.ts';

/** loader.conf, as far as it says which entry is the default. */
export interface LoaderConf {
  path: string;
  /** A pattern of ids; null when there is none. */
  pattern: { value: string; line: number } | null;
}

const NAME_IT = 'name the entry with --entry (its file name), and in loader.conf as "default FILE"';

/** Reads which entry loader.conf names. */
export function parseLoaderConf(path: string, text: string | null): LoaderConf {
  const lines = (text ?? '').split('\n').map((raw, index) => ({ raw, line: index + 1 }));
  const found = lines.findLast(({ raw }) => /^\s*default\s+\S/.test(raw));
  if (!found) return { path, pattern: null };
  return { path, pattern: { value: found.raw.trim().replace(/^default\s+/, ''), line: found.line } };
}

/** The entry that systemd-boot boots by itself, or the one that is named; a CliError when that cannot be told. */
export function chooseEntry(entries: BootEntry[], conf: LoaderConf, named: string | null): BootEntry {
  if (named !== null) {
    const found = entries.find(({ id }) => id === named || id === `${named}.conf`);
    if (found) return found;
    throw new CliError(EXIT.input, `${conf.path}: no entry is "${named}"`, NAME_IT);
  }
  const found = defaultEntry(entries, conf);
  if (found) return found;
  const value = conf.pattern?.value ?? '';
  throw problem(conf.path, conf.pattern?.line ?? 1, `"default ${value}" fits no entry`, NAME_IT);
}

/** The default among entries: the first in the order of the menu that fits the pattern; null when none does. */
export function defaultEntry(entries: BootEntry[], { path, pattern }: LoaderConf): BootEntry | null {
  if (pattern?.value.startsWith('@'))
    throw problem(path, pattern.line, `the default, ${pattern.value}, is known only at boot`, NAME_IT);
  const sorted = [...entries].sort(compareEntries);
  if (pattern === null) return sorted[0] ?? null;
  const fits = globPattern(pattern.value);
  return sorted.find(({ id }) => fits.test(id)) ?? null;
}

/** The order of the menu (boot_entry_compare() of systemd-boot): entries with a sort-key first, newest version first. */
export function compareEntries(a: BootEntry, b: BootEntry): number {
  const keys = [keyValue(a, 'sort-key'), keyValue(b, 'sort-key')] as const;
  if ((keys[0] === '') !== (keys[1] === '')) return keys[0] === '' ? 1 : -1;
  const bySortKey = keys[0] === '' ? 0 : compareKeyed(a, b, keys);
  return bySortKey !== 0 ? bySortKey : -compareVersions(a.id.toLowerCase(), b.id.toLowerCase());
}

function compareKeyed(a: BootEntry, b: BootEntry, [key, other]: readonly [string, string]): number {
  return (
    compareText(key, other) ||
    compareText(keyValue(a, 'machine-id'), keyValue(b, 'machine-id')) ||
    -compareVersions(keyValue(a, 'version'), keyValue(b, 'version'))
  );
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** `*`, `?` and `[...]`, without regard to case (fnmatch of systemd-boot). */
function globPattern(pattern: string): RegExp {
  const body = pattern.replace(/\[[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return part.length > 1 ? part.replaceAll('\\', '\\\\') : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${body}$`, 'i');
}
