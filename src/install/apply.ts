import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Entry } from './entry.ts';
import type { Step } from './step.ts';

/** Rights of a folder that macveil makes: what distributions give theirs. */
const FOLDER_MODE = 0o755;

type Undo = () => void;

/**
 * Does every step, or none: everything is written beside its place first, so that a disk that fills up is met before
 * anything changes; then each file gets its place by rename. On any error what was done is undone, and the error thrown.
 */
export function applySteps(steps: Step[]): void {
  const undo: Undo[] = [];
  try {
    for (const step of steps) if (step.do === 'mkdir') makeFolder(step.host, undo);
    for (const step of steps)
      if (step.do === 'create' || step.do === 'replace') stage(step.host, step.entry, undo);
    for (const step of steps) if (step.do !== 'mkdir') place(step, undo);
  } catch (error) {
    for (const action of undo.reverse()) attempt(action);
    throw error;
  }
  for (const step of steps) removeLeftovers(step.host);
}

/** Removes what a run that was killed left beside a file. */
export function removeLeftovers(host: string): void {
  for (const beside of [newName(host), oldName(host)]) rmSync(beside, { force: true });
}

function makeFolder(host: string, undo: Undo[]): void {
  mkdirSync(host);
  undo.push(() => rmdirSync(host));
  // The mode given to mkdir is cut by the umask.
  chmodSync(host, FOLDER_MODE);
}

function stage(host: string, entry: Entry, undo: Undo[]): void {
  const beside = newName(host);
  // A run that was killed may have left one.
  rmSync(beside, { force: true });
  undo.push(() => rmSync(beside, { force: true }));
  try {
    if ('target' in entry) symlinkSync(entry.target, beside);
    else writeDurably(beside, entry.content, entry.mode);
  } catch (error) {
    // A failed write(2) does not say which file it was for.
    throw Object.assign(error as Error, { path: host });
  }
}

// Without fsync a power cut after the rename can leave an empty file under the final name.
function writeDurably(path: string, content: Buffer, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, mode);
}

function place(step: Exclude<Step, { do: 'mkdir' }>, undo: Undo[]): void {
  const { host } = step;
  if (step.do !== 'create') {
    rmSync(oldName(host), { force: true });
    linkSync(host, oldName(host));
    undo.push(() => renameSync(oldName(host), host));
  }
  if (step.do === 'remove') rmSync(host);
  else renameSync(newName(host), host);
  if (step.do === 'create') undo.push(() => rmSync(host));
}

// One undo that fails must not keep the others from running.
function attempt(action: Undo): void {
  try {
    action();
  } catch {
    // The error that led here is the one to report.
  }
}

// The leading dot keeps both out of the sight of programs that read every file of a folder.
function newName(host: string): string {
  return join(dirname(host), `.macveil-new.${basename(host)}`);
}

function oldName(host: string): string {
  return join(dirname(host), `.macveil-old.${basename(host)}`);
}
