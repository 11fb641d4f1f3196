import { NO_CHOICES, type PolicyChoices } from '../core/manifest.ts';
import { openRoot } from '../install/root.ts';
import type { Analysis } from '../modules/enumerate.ts';
import { findKernels } from '../modules/tree.ts';
import { changeFindings } from './changes.ts';
import type { Finding } from './finding.ts';
import { openInitrds } from './initrds.ts';
import { readInstalled } from './installed.ts';
import { findKmods } from './kmod.ts';
import { listFindings } from './list.ts';
import { policyFindings, readManifest } from './manifest.ts';
import { kernelFindings, openRootPlace } from './root.ts';
import { rootTree } from './root-tree.ts';
import { withScratch } from './scratch.ts';
import { tryAll } from './trials.ts';
import { blockedNames, ownAliases } from './ways.ts';

/** What is to be proven, and how its modules are read. */
export interface CheckRequest {
  root: string;
  /** Initrds to check; those in the root's /boot when left out. */
  initrds?: string[];
  /** Leaves the image's own kmod alone: nothing of the image is run then. */
  hostKmod?: boolean;
  /** Reads every module anew and judges it; never from a cache, which could be as old as the list. */
  analyse: (choices: PolicyChoices) => Promise<Analysis>;
  onStep?: (text: string) => void;
}

/** The proof, or what stands against it: the content of `check --json`. */
export interface CheckResult {
  version: 1;
  root: string;
  initrds: string[];
  /** Every kmod that was asked. */
  kmod: string[];
  /** Why the image's own kmod is none of them; '' when it is. */
  kmodNotAsked: string;
  counts: CheckCounts;
  findings: Finding[];
}

export interface CheckCounts {
  kernels: number;
  /** Blocked modules, and aliases and symbols by which they can be asked for, over all kernels. */
  modules: number;
  aliases: number;
  /** Questions, each put to every kmod with and without blacklist lines. */
  questions: number;
}

/** Proves that no blocked module of an image loads before macveil lets it; throws a CliError for what is no image. */
export async function checkImage(request: CheckRequest): Promise<CheckResult> {
  const root = openRoot(request.root);
  const tree = rootTree(root);
  const { manifest, findings } = readManifest(tree);
  const analysis = await request.analyse(manifest?.policy ?? NO_CHOICES);
  const installed = readInstalled(root);
  const kernels = await findKernels(root);
  const rootPlace = openRootPlace(root, tree, kernels);
  findings.push(...policyFindings(analysis), ...installed.findings, ...rootPlace.findings);
  findings.push(...listFindings(tree, analysis), ...kernelFindings(analysis));
  if (manifest !== null) findings.push(...changeFindings(analysis.kernels, manifest));
  const around = { root: tree, installed: installed.paths, kernels: analysis.kernels };
  const initrds = await openInitrds(root, request.initrds, around);
  findings.push(...initrds.findings);
  return withScratch(async (scratch) => {
    const { kmods, notAsked } = await findKmods(root, scratch, request.hostKmod ?? false);
    const places = [rootPlace.place, ...initrds.places];
    const bench = { kmods, kernels, scratch };
    const trials = await tryAll(places, analysis.kernels, bench, request.onStep ?? (() => {}));
    return {
      version: 1,
      root,
      initrds: initrds.files,
      kmod: kmods.map(({ label }) => label),
      kmodNotAsked: notAsked,
      counts: { ...countsOf(analysis), questions: trials.asked },
      findings: [...findings, ...trials.findings],
    };
  });
}

function countsOf({ kernels }: Analysis): Omit<CheckCounts, 'questions'> {
  const sum = (count: (kernel: Analysis['kernels'][number]) => number) =>
    kernels.reduce((total, kernel) => total + count(kernel), 0);
  return {
    kernels: kernels.length,
    modules: sum(({ modules }) => blockedNames(modules).size),
    aliases: sum((kernel) => ownAliases(kernel).size),
  };
}
