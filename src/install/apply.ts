import { chmodSync, linkSync, mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeDurably } from '../cli/write-files.ts';
import type { Entry } from './entry.ts';
import type { Step } from './step.ts';

/** Rights of a folder that macveil makes: what distributions give theirs. */
const FOLDER_MODE = 0o755;

type Undo = () => void;

/** What is done so far: how to undo it, and the files whose old content is kept beside them. */
interface Progress {
  undo: Undo[];
  saved: Set<string>;
}

/**
 * Does every step, or none. Of each stage everything is written beside its place first, so that a disk that fills up is
 * met before anything changes; then each file gets its place by rename. On any error what was done is undone, the
 * stages before included, and the error thrown.
 */
export function applySteps(...stages: Step[][]): void {
  const progress: Progress = { undo: [], saved: new Set() };
  try {
    for (const steps of stages) applyStage(steps, progress);
  } catch (error) {
    for (const action of progress.undo.reverse()) attempt(action);
    throw error;
  }
  for (const step of stages.flat()) removeLeftovers(step.host);
}

/** Removes what a run that was killed left beside a file; one that cannot be removed harms nobody. */
export function removeLeftovers(host: string): void {
  for (const beside of [newName(host), oldName(host)]) attempt(() => rmSync(beside, { force: true }));
}

function applyStage(steps: Step[], progress: Progress): void {
  for (const step of steps) if (step.do === 'mkdir') makeFolder(step.host, progress.undo);
  for (const step of steps)
    if (step.do === 'create' || step.do === 'replace') stage(step.host, step.entry, progress.undo);
  for (const step of steps) if (step.do !== 'mkdir') place(step, progress);
}

function makeFolder(host: string, undo: Undo[]): void {
  mkdirSync(host);
  undo.push(() => rmdirSync(host));
  // The mode given to mkdir is cut by the umask.
  chmodSync(host, FOLDER_MODE);
}

function stage(host: string, entry: Entry, undo: Undo[]): void {
  const beside = newName(host);
  undo.push(() => rmSync(beside, { force: true }));
  try {
    if ('target' in entry) placeLink(entry.target, beside);
    else writeDurably(beside, entry.content, entry.mode);
  } catch (error) {
    // A failed write(2) does not say which file it was for.
    throw Object.assign(error as Error, { path: host });
  }
}

function placeLink(target: string, beside: string): void {
  // A run that was killed may have left one.
  rmSync(beside, { force: true });
  symlinkSync(target, beside);
}

function place(step: Exclude<Step, { do: 'mkdir' }>, { undo, saved }: Progress): void {
  const { host } = step;
  if (step.do !== 'create' && !saved.has(host)) {
    save(host, undo);
    saved.add(host);
  }
  if (step.do === 'remove') rmSync(host);
  else renameSync(newName(host), host);
  if (step.do === 'create') undo.push(() => rmSync(host));
}

function save(host: string, undo: Undo[]): void {
  rmSync(oldName(host), { force: true });
  linkSync(host, oldName(host));
  undo.push(() => {
    renameSync(oldName(host), host);
    // Of two names of one file rename(2) removes none: so it is when the place had not changed yet.
    rmSync(oldName(host), { force: true });
  });
}

// One action that fails must not keep the others from running, nor hide the error that led to it.
function attempt(action: Undo): void {
  try {
    action();
  } catch {
    // What remains is a file beside its place, which the next run removes.
  }
}

// The leading dot keeps both out of the sight of programs that read every file of a folder.
function newName(host: string): string {
  return join(dirname(host), `.macveil-new.${basename(host)}`);
}

function oldName(host: string): string {
  return join(dirname(host), `.macveil-old.${basename(host)}`);
}
