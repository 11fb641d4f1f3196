import { resolve } from 'node:path';
import type { Analysis } from '../modules/enumerate.ts';
import type { KernelTree } from '../modules/tree.ts';
import { RUN_MODPROBE_DIR } from '../paths.ts';
import { bootNames } from './boot-names.ts';
import { unreadableConfig } from './config-names.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { builtinFindings, unreadableFindings } from './kernel-findings.ts';
import { unreadList } from './list.ts';
import { CONFIG_DIRECTORIES, readConfig } from './modprobe-config.ts';
import { rootModprobe } from './modprobe-findings.ts';
import type { Place } from './simulate.ts';

/** The root as a place to try loading in, and what is wrong with what modprobe is and reads there. */
export interface OpenedRoot {
  place: Place;
  findings: Finding[];
}

/** Looks at a root as modprobe does. */
export function openRootPlace(root: string, tree: FileTree, kernels: KernelTree[]): OpenedRoot {
  const modules = kernels.map(({ release, files }): [string, string[]] => [
    release,
    files.filter(({ file }) => file !== '').map(({ path }) => path),
  ]);
  const config = readConfig(tree, countingDirectories(root));
  const boot = bootNames(tree);
  const { findings, readsUsrLib, honoursInstall } = rootModprobe(tree);
  return {
    place: { tree, modules: new Map(modules), config, boot, preload: false, honoursInstall },
    findings: [...unreadList(tree, readsUsrLib, 'list'), ...findings, ...unreadableConfig(tree)],
  };
}

// In the running system /run holds the mask of this very boot, which the next one does not have.
function countingDirectories(root: string): string[] {
  if (resolve(root) !== '/') return CONFIG_DIRECTORIES;
  return CONFIG_DIRECTORIES.filter((directory) => directory !== RUN_MODPROBE_DIR.slice(1));
}

/** What is wrong with the kernels of a root, whatever the list says. */
export function kernelFindings(analysis: Analysis): Finding[] {
  const { kernels } = analysis;
  return [...builtinFindings(analysis), ...kernels.flatMap(unreadableFindings)];
}
