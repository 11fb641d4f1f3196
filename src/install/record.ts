import { existsSync, readFileSync, statSync } from 'node:fs';
import { CliError, EXIT } from '../cli/errors.ts';
import { INSTALLED } from '../paths.ts';
import type { Fingerprint } from './entry.ts';
import { locate } from './root.ts';

/** What `install` put into a root, so that `uninstall` takes exactly that away; kept in the root itself. */
export interface InstallRecord {
  version: 1;
  /** A path stands here twice while an upgrade replaces its file: the old one and the new one are both macveil's. */
  files: ({ path: string } & Fingerprint)[];
  /** Folders that did not exist before, parents first. */
  directories: string[];
}

/** The record of a root, or the one at another place; null when macveil is not installed there. */
export function readRecord(root: string, place = INSTALLED): InstallRecord | null {
  const host = locate(root, place);
  if (!existsSync(host)) return null;
  const record = statSync(host).isFile() ? parse(readFileSync(host, 'utf8')) : null;
  if (record) return record;
  const hint =
    'put the file back from a backup, or build the root again: without it macveil cannot tell its files from others';
  throw new CliError(EXIT.input, `${host} is damaged: it is not a record of an installation`, hint);
}

/** Every recorded path with all the fingerprints under which it is macveil's; none for no record. */
export function ownedFiles(record: InstallRecord | null): Map<string, Fingerprint[]> {
  const owned = new Map<string, Fingerprint[]>();
  for (const file of record?.files ?? []) owned.set(file.path, [...(owned.get(file.path) ?? []), file]);
  return owned;
}

/** The text of a record, the same for the same content. */
export function formatRecord(record: InstallRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

function parse(text: string): InstallRecord | null {
  try {
    const value = JSON.parse(text) as Partial<InstallRecord> | null;
    const whole = value?.version === 1 && value.files?.every(isFile) && value.directories?.every(isPath);
    return whole ? (value as InstallRecord) : null;
  } catch {
    return null;
  }
}

function isFile(value: unknown): boolean {
  const { path, mode, sha256, target } = (value ?? {}) as Record<string, unknown>;
  const regular = typeof mode === 'number' && typeof sha256 === 'string';
  return isPath(path) && (regular || typeof target === 'string');
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('/');
}
