import { CliError, EXIT } from '../cli/errors.ts';
import { HOOK, PACKAGED } from '../paths.ts';
import { type InstallRecord, readRecord } from './record.ts';
import { openRoot } from './root.ts';

/** What a distribution's package of the hook has placed in a root; null without one. */
export function packagedRecord(root: string): InstallRecord | null {
  return readRecord(root, PACKAGED);
}

/** The paths of these files, and of the record of them. */
export function packagedPaths(root: string): Set<string> {
  const files = packagedRecord(root)?.files ?? [];
  return new Set([PACKAGED, ...files.map(({ path }) => path)]);
}

/** Refuses a hook of the caller's own where a package has placed one: it would not be used, without a word. */
export function refuseOwnHook(directory: string): void {
  const root = openRoot(directory);
  if (!packagedPaths(root).has(HOOK)) return;
  const hint = 'leave out --hook, or remove the package macveil-hook first; nothing was changed';
  throw new CliError(EXIT.input, `the hook in ${root} is of a package, and --hook cannot replace it`, hint);
}

/** The record of a root without what became a package's after `install` had placed it. */
export function ownRecord(root: string): InstallRecord | null {
  const record = readRecord(root);
  const packaged = packagedPaths(root);
  return record && { ...record, files: record.files.filter(({ path }) => !packaged.has(path)) };
}
