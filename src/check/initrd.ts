import { basename } from 'node:path';
import { readInitrd } from '../initrd/read.ts';
import type { KernelAnalysis } from '../modules/enumerate.ts';
import { bootNames } from './boot-names.ts';
import { unreadableConfig } from './config-names.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { initrdFileFindings, lostFindings } from './initrd-files.ts';
import { initrdModuleFindings } from './initrd-modules.ts';
import { initrdKernels, initrdTree, isKept } from './initrd-tree.ts';
import { unreadList } from './list.ts';
import { CONFIG_DIRECTORIES, readConfig } from './modprobe-config.ts';
import { initrdModprobe } from './modprobe-findings.ts';
import type { Place } from './simulate.ts';

/** An initrd as a place to try loading in, and what is wrong with its files. */
export interface OpenedInitrd {
  place: Place;
  findings: Finding[];
}

/** What an initrd is compared with. */
export interface InitrdSurroundings {
  root: FileTree;
  /** The root's files of macveil. */
  installed: string[];
  kernels: KernelAnalysis[];
}

/** Opens an initrd and compares it with its root. */
export async function openInitrd(
  file: string,
  { root, installed, kernels }: InitrdSurroundings,
): Promise<OpenedInitrd> {
  const initrd = await readInitrd(file, { keep: isKept });
  const tree = initrdTree(initrd, basename(file));
  const modules = initrdKernels(initrd);
  const modprobe = initrdModprobe(tree);
  const findings = [
    ...initrdFileFindings(root, tree, installed),
    ...lostFindings(tree, initrd.lost),
    ...unreadList(tree, modprobe.readsUsrLib, 'initrd-list'),
    ...modprobe.findings,
    ...initrdModuleFindings(tree, modules, kernels),
    ...unreadableConfig(tree),
  ];
  const config = readConfig(tree, CONFIG_DIRECTORIES);
  const boot = bootNames(tree);
  return {
    place: { tree, modules, config, boot, preload: true, honoursInstall: modprobe.honoursInstall },
    findings,
  };
}
