import { join } from 'node:path';
import type { KernelAnalysis } from '../modules/enumerate.ts';
import { moduleName } from '../modules/module-facts.ts';
import type { KernelTree } from '../modules/tree.ts';
import { BLOCKLIST } from '../paths.ts';
import type { BootName } from './boot-names.ts';
import { controlFindings } from './control.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { readIndexes } from './indexes.ts';
import { installFindings } from './install-commands.ts';
import type { Kmod } from './kmod.ts';
import { loadingFindings } from './loading-findings.ts';
import { type ConfigFile, effectiveLines } from './modprobe-config.ts';
import { findOpenings } from './openings.ts';
import { type Stage, stage } from './stage.ts';
import { blockedNames, waysOf } from './ways.ts';

/** A root or an initrd, with what is asked of it. */
export interface Place {
  tree: FileTree;
  /** Modules by release, as paths below the kernel's folder. */
  modules: ReadonlyMap<string, string[]>;
  config: ConfigFile[];
  boot: BootName[];
  /** In an initrd, modules of boot lists have a kind of their own. */
  preload: boolean;
  /** False for an initrd with busybox's modprobe: only its boot lists are tried then, without any configuration. */
  honoursInstall: boolean;
}

/** What trying every way in one place has brought. */
export interface Trial {
  findings: Finding[];
  /** Questions asked of each kmod, as a person and as udev. */
  asked: number;
}

/** What trying takes. */
export interface Workbench {
  kmods: Kmod[];
  /** The root's kernels: where their modules lie on this host. */
  kernels: KernelTree[];
  /** An empty folder. */
  scratch: string;
}

/** Tries every way of loading the modules of one kernel in one place. */
export async function simulate(place: Place, kernel: KernelAnalysis, bench: Workbench): Promise<Trial> {
  const { tree, honoursInstall } = place;
  const files = place.modules.get(kernel.release) ?? [];
  const config = honoursInstall ? place.config : [];
  const lines = effectiveLines(config, tree);
  const indexes = readIndexes(tree, { release: kernel.release, files, facts: kernel.facts });
  const staged = stageKernel(place, kernel.release, config, bench);
  const where = tree.show(`lib/modules/${kernel.release}`);
  const control = await controlFindings(bench.kmods, staged, [...indexes.known.keys()], where);
  const names = new Set([...files.map(moduleName), ...kernel.facts.map(({ name }) => name)]);
  const all = waysOf(kernel, names, lines, place.boot);
  const ways = honoursInstall ? all : all.filter(({ how }) => how === 'boot');
  const blocked = blockedNames(kernel.modules);
  const openings = await findOpenings(bench.kmods, staged, ways, blocked);
  const facts = new Map(kernel.facts.map((module) => [module.name, module]));
  const around = { facts, lines, honoursInstall, kmods: bench.kmods.length };
  const loading = loadingFindings(openings, around, tree.show(BLOCKLIST.slice(1)), place.preload);
  const findings = [...indexes.findings, ...control, ...loading, ...installFindings(lines, blocked)];
  return { findings, asked: ways.length };
}

function stageKernel(
  { modules, tree }: Place,
  release: string,
  config: ConfigFile[],
  { kernels, scratch }: Workbench,
): Stage {
  const files = modules.get(release) ?? [];
  const kernel = kernels.find((candidate) => candidate.release === release);
  return stage(scratch, tree, { release, modules: files, folder: folderOf(files, kernel) }, config);
}

/** The root's own folder when all these modules are plain files there; a link could lead to a file of this host. */
function folderOf(modules: string[], kernel: KernelTree | undefined): string | null {
  const [folder, ...others] = kernel?.directories ?? [];
  if (kernel === undefined || folder === undefined || others.length > 0) return null;
  const plain = new Set(
    kernel.files.filter(({ file, path }) => file === join(folder, path)).map(({ path }) => path),
  );
  return modules.every((path) => plain.has(path)) ? folder : null;
}
