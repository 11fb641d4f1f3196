import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';

/** What a path of the image shall be: a file with this content and mode, or a symbolic link. */
export type Entry = { path: string; mode: number; content: Buffer } | { path: string; target: string };

/** What tells one entry from another, short enough to be recorded. */
export type Fingerprint = { mode: number; sha256: string } | { target: string };

/** The fingerprint of an entry that shall be there. */
export function entryFingerprint(entry: Entry): Fingerprint {
  return 'target' in entry ? { target: entry.target } : { mode: entry.mode, sha256: sha256(entry.content) };
}

/** The fingerprint of what is there now; null for nothing, 'other' for what macveil never installs (a folder, a device). */
export function diskFingerprint(host: string): Fingerprint | 'other' | null {
  const stat = lstatSync(host, { throwIfNoEntry: false });
  if (!stat) return null;
  if (stat.isSymbolicLink()) return { target: readlinkSync(host) };
  if (!stat.isFile()) return 'other';
  return { mode: stat.mode & 0o7777, sha256: sha256(readFileSync(host)) };
}

/** True when both describe the same file, mode included, or the same link. */
export function sameFingerprint(a: Fingerprint | 'other' | null, b: Fingerprint | null): boolean {
  if (a === null || b === null || a === 'other') return false;
  if ('target' in a) return 'target' in b && a.target === b.target;
  return 'sha256' in b && a.sha256 === b.sha256 && a.mode === b.mode;
}

/** True when what is on the disk is one of these. */
export function isOneOf(disk: Fingerprint | 'other' | null, prints: Fingerprint[]): boolean {
  return prints.some((print) => sameFingerprint(disk, print));
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
