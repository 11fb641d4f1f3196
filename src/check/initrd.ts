import { basename } from 'node:path';
import { readInitrd } from '../initrd/read.ts';
import type { KernelAnalysis } from '../modules/enumerate.ts';
import { bootNames } from './boot-names.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { initrdFileFindings } from './initrd-files.ts';
import { initrdModprobe } from './initrd-modprobe.ts';
import { initrdModuleFindings } from './initrd-modules.ts';
import { initrdKernels, initrdTree, isKept } from './initrd-tree.ts';
import { CONFIG_DIRECTORIES, readConfig } from './modprobe-config.ts';
import type { Place } from './simulate.ts';

/** An initrd as a place to try loading in, and what is wrong with its files. */
export interface OpenedInitrd {
  place: Place;
  findings: Finding[];
}

/** Opens an initrd and compares it with its root; `installed` are the root's files of macveil. */
export async function openInitrd(
  file: string,
  root: FileTree,
  installed: string[],
  kernels: KernelAnalysis[],
): Promise<OpenedInitrd> {
  const initrd = await readInitrd(file, { keep: isKept });
  const tree = initrdTree(initrd, basename(file));
  const modules = initrdKernels(initrd);
  const modprobe = initrdModprobe(tree);
  const findings = [
    ...initrdFileFindings(root, tree, installed),
    ...modprobe.findings,
    ...initrdModuleFindings(tree, modules, kernels),
  ];
  const config = readConfig(tree, CONFIG_DIRECTORIES);
  const boot = bootNames(tree);
  return {
    place: { tree, modules, config, boot, preload: true, honoursInstall: modprobe.honoursInstall },
    findings,
  };
}
