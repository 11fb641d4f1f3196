import { CliError, EXIT } from '../cli/errors.ts';
import { NO_CHOICES, type PolicyChoices } from '../core/manifest.ts';
import { type BuiltinDriver, findBuiltinDrivers } from './builtin.ts';
import { classify } from './classify.ts';
import { type Creators, findCreators } from './creators.ts';
import type { ModuleFacts } from './module-facts.ts';
import { DEFAULT_POLICY, type ModuleClass } from './policy.ts';
import { readModules } from './read/modules.ts';
import type { Classification } from './rules.ts';
import { findKernels, type KernelTree } from './tree.ts';

/** What macveil decided about one module, and why. */
export interface ModuleVerdict {
  name: string;
  /** Relative to the kernel's directory. */
  path: string;
  class: ModuleClass;
  blocked: boolean;
  reason: string;
}

/** A module that could not be read: it is blocked, as nothing is known of it. */
export interface ModuleProblem {
  path: string;
  problem: string;
}

/** One kernel: a verdict for every module that has to do with making interfaces. */
export interface KernelModules {
  release: string;
  modules: ModuleVerdict[];
  problems: ModuleProblem[];
  /** Paths of the modules that have nothing to do with making interfaces. */
  others: string[];
  builtin: BuiltinDriver[];
  /** Module files read. */
  total: number;
}

/** Every kernel of a root, by release, judged by macveil's policy with these changes to it. */
export interface Enumeration {
  policy: PolicyChoices;
  kernels: KernelModules[];
}

/** An enumeration with the facts behind each verdict. */
export interface Analysis extends Enumeration {
  kernels: KernelAnalysis[];
}

/** A kernel's verdicts with everything they were drawn from. */
export interface KernelAnalysis extends KernelModules {
  facts: ModuleFacts[];
  creators: Creators;
}

export interface EnumerateOptions {
  /** What the image changes of macveil's policy; nothing when left out. */
  choices?: PolicyChoices;
  /** Hears how many modules of which kernel are read. */
  onProgress?: (done: number, total: number, kernel: string) => void;
}

/** Names that can stand in modprobe.d as they are: nothing there quotes a space, a newline or a wildcard. */
const SAFE_NAME = /^[A-Za-z0-9_]+$/;

/** Reads every module of every kernel in a root and decides which must not load; throws a CliError for a bad root. */
export async function enumerateRoot(root: string, options: EnumerateOptions = {}): Promise<Enumeration> {
  return withoutFacts(await analyseRoot(root, options));
}

/** The same with the facts behind each verdict, for explanations. */
export async function analyseRoot(root: string, options: EnumerateOptions = {}): Promise<Analysis> {
  const kernels: KernelAnalysis[] = [];
  for (const kernel of await findKernels(root)) kernels.push(await analyseKernel(kernel, options));
  return { policy: options.choices ?? NO_CHOICES, kernels };
}

/** The verdicts alone: what lists and manifests are made of. */
export function withoutFacts({ policy, kernels }: Analysis): Enumeration {
  return { policy, kernels: kernels.map(({ facts: _, creators: __, ...verdicts }) => verdicts) };
}

/** Verdicts drawn from the facts of one kernel's modules. */
export function judge(facts: ModuleFacts[], creators: Creators): ModuleVerdict[] {
  const verdicts = [...classify(facts, creators, DEFAULT_POLICY)].map(([module, found]) =>
    verdict(module, found),
  );
  for (const { name, path, blocked } of verdicts) if (blocked) checkName(name, path);
  return verdicts;
}

async function analyseKernel(kernel: KernelTree, { onProgress }: EnumerateOptions): Promise<KernelAnalysis> {
  const total = kernel.files.length;
  const facts = await readModules(kernel.files, (done) => onProgress?.(done, total, kernel.release));
  const creators = findCreators(facts, DEFAULT_POLICY);
  const problems = facts
    .filter(({ problem }) => problem !== '')
    .map(({ path, problem }) => ({ path, problem }));
  const modules = judge(facts, creators);
  const judged = new Set(modules.map(({ path }) => path));
  const others = facts.map(({ path }) => path).filter((path) => !judged.has(path));
  const builtin = await findBuiltinDrivers(kernel, DEFAULT_POLICY);
  return { release: kernel.release, modules, problems, others, builtin, total, facts, creators };
}

function verdict({ name, path }: ModuleFacts, found: Classification): ModuleVerdict {
  return {
    name,
    path,
    class: found.class,
    blocked: DEFAULT_POLICY.blocked[found.class],
    reason: found.reason,
  };
}

function checkName(name: string, path: string): void {
  if (SAFE_NAME.test(name)) return;
  throw new CliError(
    EXIT.input,
    `${path} must be kept from loading, and modprobe.d cannot express its name`,
    'remove or rename this file, run depmod, and try again',
  );
}
