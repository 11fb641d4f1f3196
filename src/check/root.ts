import { resolve } from 'node:path';
import type { Analysis } from '../modules/enumerate.ts';
import type { KernelTree } from '../modules/tree.ts';
import { RUN_MODPROBE_DIR } from '../paths.ts';
import { bootNames } from './boot-names.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { builtinFindings, indexFindings, unreadableFindings } from './kernel-findings.ts';
import { CONFIG_DIRECTORIES, readConfig } from './modprobe-config.ts';
import type { Place } from './simulate.ts';

/** The root as a place to try loading in. */
export function rootPlace(root: string, tree: FileTree, kernels: KernelTree[]): Place {
  const modules = kernels.map(({ release, files }): [string, string[]] => [
    release,
    files.filter(({ file }) => file !== '').map(({ path }) => path),
  ]);
  const config = readConfig(tree, countingDirectories(root));
  const boot = bootNames(tree);
  return { tree, modules: new Map(modules), config, boot, preload: false, honoursInstall: true };
}

// In the running system /run holds the mask of this very boot, which the next one does not have.
function countingDirectories(root: string): string[] {
  if (resolve(root) !== '/') return CONFIG_DIRECTORIES;
  return CONFIG_DIRECTORIES.filter((directory) => directory !== RUN_MODPROBE_DIR.slice(1));
}

/** What is wrong with the kernels of a root, whatever the list says. */
export function kernelFindings(tree: FileTree, analysis: Analysis): Finding[] {
  const { kernels } = analysis;
  return [
    ...builtinFindings(analysis),
    ...kernels.flatMap(unreadableFindings),
    ...kernels.flatMap(({ release }) => indexFindings(tree, release)),
  ];
}
