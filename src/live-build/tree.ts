import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, EXIT } from '../cli/errors.ts';
import { applySteps } from '../install/apply.ts';
import type { Entry } from '../install/entry.ts';
import { planInstall, type StepPlan, textEntry } from '../install/plan.ts';
import { readRecord } from '../install/record.ts';
import { prepareRemoval, type UninstallPlan } from '../install/uninstall.ts';
import binaryHook from './binary.sh';
import chrootHook from './chroot.sh';
import packages from './packages.txt';

/** Of a configuration tree, where macveil's own files are; live-build shows config/ to the hooks of both stages. */
const OWN = '/config/macveil';
/** What was added, so that removing takes exactly that away again. */
const ADDED = `${OWN}/added.json`;
/** After the hooks that live-build brings (below 9000), and late enough for most of the user's. */
const HOOK = '/config/hooks/normal/9500-macveil.hook';
const EXECUTABLE = 0o755;

/** What is put into a configuration tree. */
export interface TreeParts {
  /** Content of the command line as one executable: the build needs no Node, and nothing of it stays in the image. */
  program: Buffer;
  /** Options of `macveil install` and of `macveil menu`. */
  installOptions: string[];
  menuOptions: string[];
}

/** Finds out what has to change in the tree, and changes nothing. */
export function prepareTree(directory: string, parts: TreeParts): StepPlan {
  requireTree(directory);
  return planInstall(directory, treeEntries(parts), readRecord(directory, ADDED), ADDED);
}

/** Carries the plan out, all of it or nothing. */
export function performTree({ first, steps }: StepPlan): void {
  applySteps(first, steps);
}

/** Finds out what would be taken out of the tree; null when macveil is not in it. */
export function prepareTreeRemoval(directory: string): UninstallPlan | null {
  requireTree(directory);
  return prepareRemoval(directory, ADDED);
}

function treeEntries({ program, installOptions, menuOptions }: TreeParts): Entry[] {
  return [
    { path: `${OWN}/macveil`, mode: EXECUTABLE, content: program },
    textEntry(`${OWN}/install-options`, lines(installOptions)),
    textEntry(`${OWN}/menu-options`, lines(menuOptions)),
    textEntry('/config/package-lists/macveil.list.chroot', packages),
    { path: `${HOOK}.chroot`, mode: EXECUTABLE, content: Buffer.from(chrootHook) },
    { path: `${HOOK}.binary`, mode: EXECUTABLE, content: Buffer.from(binaryHook) },
  ];
}

function lines(options: string[]): string {
  return options.map((option) => `${option}\n`).join('');
}

function requireTree(directory: string): void {
  if (statSync(join(directory, 'config'), { throwIfNoEntry: false })?.isDirectory()) return;
  const what = `${directory} is not a configuration tree of live-build: it has no folder config`;
  throw new CliError(EXIT.input, what, 'run "lb config" in it first, or name another folder with --tree');
}
