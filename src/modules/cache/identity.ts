import { createHash } from 'node:crypto';
import { type BigIntStats, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { KernelTree } from '../tree.ts';

/** What the file system says of every file a kernel's verdicts are drawn from, at one time. */
export interface Identity {
  /** Of all of them together. */
  digest: string;
  /** By path of a module file; '' for one that cannot be looked at. */
  files: Map<string, string>;
  /** Files that changed so shortly before that another change might leave the same times. */
  unsettled: Set<string>;
}

/** The coarsest clock of a file system that is still in use (FAT counts two seconds; ext4 and tmpfs a few milliseconds). */
const CLOCK_NS = 2_000_000_000n;
const NS_PER_MS = 1_000_000n;
const BUILTIN = 'modules.builtin';

/** Looks at every file of a kernel; `now` is a time at which nothing had been looked at yet (milliseconds). */
export function identify(tree: KernelTree, now: number): Identity {
  const settledBefore = BigInt(Math.floor(now)) * NS_PER_MS - CLOCK_NS;
  const identity: Identity = { digest: '', files: new Map(), unsettled: new Set() };
  const add = (path: string, found: BigIntStats | null) => {
    identity.files.set(path, found === null ? '' : describe(found));
    // The change time cannot be set back by hand, unlike the time of the last modification.
    if (found === null || found.ctimeNs >= settledBefore) identity.unsettled.add(path);
  };
  for (const { path, file } of tree.files)
    if (file !== '')
      add(
        path,
        look(() => statSync(file, { bigint: true })),
      );
  for (const file of builtinFiles(tree))
    add(
      file,
      look(() => lstatSync(file, { bigint: true })),
    );
  const outside = tree.files.filter(({ file }) => file === '').map(({ path }) => path);
  identity.digest = hash(JSON.stringify([tree.release, [...identity.files], outside]));
  return identity;
}

/** This program: what it was made of decides what it says of a kernel. */
export function programIdentity(): string {
  try {
    return hash(readFileSync(fileURLToPath(import.meta.url)));
  } catch {
    // Packed into an executable, too large to be read each time.
    return describe(statSync(process.execPath, { bigint: true }));
  }
}

/** SHA-256 in hexadecimal. */
export function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function builtinFiles({ directories }: KernelTree): string[] {
  return directories.flatMap((directory) => {
    const names = look(() => readdirSync(directory)) ?? [];
    return names.filter((name) => name.startsWith(BUILTIN)).map((name) => join(directory, name));
  });
}

function describe({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino, dev].join(' ');
}

function look<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
