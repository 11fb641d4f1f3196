import { rmdirSync } from 'node:fs';
import { INSTALLED } from '../paths.ts';
import { applySteps, removeLeftovers } from './apply.ts';
import { diskFingerprint, isOneOf } from './entry.ts';
import { ownRecord } from './packaged.ts';
import { type InstallRecord, ownedFiles, readRecord } from './record.ts';
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
  return planRemoval(root, INSTALLED, ownRecord(root));
}

/** The same for any tree with a record at this place. */
export function prepareRemoval(root: string, place: string): UninstallPlan | null {
  return planRemoval(root, place, readRecord(root, place));
}

function planRemoval(root: string, place: string, record: InstallRecord | null): UninstallPlan | null {
  if (!record) return null;
  const owned = ownedFiles(record);
  const places = [...owned.keys()].map((path) => locate(root, path));
  const disk = (path: string) => diskFingerprint(locate(root, path));
  const there = [...owned].filter(([path]) => disk(path) !== null);
  const edited = there.filter(([path, prints]) => !isOneOf(disk(path), prints)).map(([path]) => path);
  const unchanged = there.map(([path]) => path).filter((path) => !edited.includes(path));
  const steps = [...unchanged, place].map((path): Step => ({ do: 'remove', host: locate(root, path), path }));
  return { root, steps, edited, places, directories: record.directories };
}

/** Removes the files, all or none, then the folders that are empty. */
export function performUninstall({ root, steps, places, directories }: UninstallPlan): void {
  applySteps(steps);
  for (const place of places) removeLeftovers(place);
  for (const directory of directories.toReversed()) removeIfEmpty(root, directory);
}

function removeIfEmpty(root: string, directory: string): void {
  try {
    rmdirSync(locate(root, directory));
  } catch {
    // Someone else's file is in it, it is gone, or no folder any more: macveil itself is out, and that is what counts.
  }
}
