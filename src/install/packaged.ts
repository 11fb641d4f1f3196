import { PACKAGED } from '../paths.ts';
import { type InstallRecord, readRecord } from './record.ts';

/** What a distribution's package of the hook has placed in a root; null without one. */
export function packagedRecord(root: string): InstallRecord | null {
  return readRecord(root, PACKAGED);
}

/** The paths of these files, and of the record of them. */
export function packagedPaths(root: string): Set<string> {
  const files = packagedRecord(root)?.files ?? [];
  return new Set([PACKAGED, ...files.map(({ path }) => path)]);
}

/** The record of a root without what became a package's after `install` had placed it. */
export function ownRecord(root: string): InstallRecord | null {
  const record = readRecord(root);
  const packaged = packagedPaths(root);
  return record && { ...record, files: record.files.filter(({ path }) => !packaged.has(path)) };
}
