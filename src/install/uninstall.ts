import { rmdirSync } from 'node:fs';
import { INSTALLED } from '../paths.ts';
import { applySteps, removeLeftovers } from './apply.ts';
import { diskFingerprint, sameFingerprint } from './entry.ts';
import { readRecord } from './record.ts';
import { locate, openRoot } from './root.ts';
import type { Step } from './step.ts';

/** What taking macveil out of a root means. */
export interface UninstallPlan {
  root: string;
  steps: Step[];
  /** Files that were edited since they were installed: they stay. */
  edited: string[];
  /** Every recorded file's place on this host, there or not. */
  places: string[];
  /** Folders that installing made, to be removed once they are empty. */
  directories: string[];
}

/** Finds out what would be removed; null when macveil is not installed in the root. */
export function prepareUninstall(directory: string): UninstallPlan | null {
  const root = openRoot(directory);
  const record = readRecord(root);
  if (!record) return null;
  const there = record.files.filter((file) => diskFingerprint(locate(root, file.path)) !== null);
  const unchanged = there.filter((file) => sameFingerprint(diskFingerprint(locate(root, file.path)), file));
  const paths = [...unchanged.map((file) => file.path), INSTALLED];
  const steps = paths.map((path): Step => ({ do: 'remove', host: locate(root, path), path }));
  const edited = there.filter((file) => !unchanged.includes(file)).map((file) => file.path);
  const places = record.files.map((file) => locate(root, file.path));
  return { root, steps, edited, places, directories: record.directories };
}

/** Removes the files, all or none, then the folders that are empty. */
export function performUninstall({ root, steps, places, directories }: UninstallPlan): void {
  applySteps(steps);
  for (const place of places) removeLeftovers(place);
  for (const directory of directories.toReversed()) removeIfEmpty(locate(root, directory));
}

function removeIfEmpty(host: string): void {
  try {
    rmdirSync(host);
  } catch (error) {
    // Someone else's file is in it, or it is gone already: both are how it shall be.
    if (!['ENOTEMPTY', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
