import { CliError, EXIT } from '../cli/errors.ts';
import { NO_CHOICES, normaliseChoices, type PolicyChoices } from '../core/manifest.ts';
import { type Allowance, findAllowances } from './allowances.ts';
import { type BuiltinDriver, type BuiltinDrivers, findBuiltins } from './builtin.ts';
import type { KernelCache, ModuleCache } from './cache/cache.ts';
import { type DecidedBy, ruleOn } from './choose.ts';
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
  /** What decided about `blocked`: the class by default, or a choice of the image. */
  policy: DecidedBy;
  /** Why the class is what it is. */
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
  /** Built-in drivers that make an interface for a device: nothing can keep them from it. */
  builtin: BuiltinDriver[];
  /** Built-in modules that make an interface when a program asks for one. */
  builtinMakers: BuiltinDriver[];
  /** Names of all else that is built in. */
  builtinOthers: string[];
  /** What comes of each module that the image allows by name. */
  allowances: Allowance[];
  /** Why the built-in drivers of this kernel are not all known; '' when they are. */
  builtinProblem: string;
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
  /** Where earlier results are kept; none when null or left out. */
  cache?: ModuleCache | null;
  /** Hears how many modules of which kernel are read. */
  onProgress?: (done: number, total: number, kernel: string) => void;
}

/** A module that the image names in `block` and that has no class of its own. */
const CHOSEN: Classification = { class: 'chosen', reason: 'has nothing to do with making interfaces' };

/** Names that can stand in modprobe.d as they are: nothing there quotes a space, a newline or a wildcard. */
const SAFE_NAME = /^[A-Za-z0-9_]+$/;

/** Reads every module of every kernel in a root and decides which must not load; throws a CliError for a bad root. */
export async function enumerateRoot(root: string, options: EnumerateOptions = {}): Promise<Enumeration> {
  const policy = normaliseChoices(options.choices ?? NO_CHOICES);
  const kernels: KernelModules[] = [];
  for (const kernel of await findKernels(root)) {
    const cache = options.cache?.of(kernel) ?? null;
    kernels.push(cache?.result(policy) ?? verdictsOf(await analyseKernel(kernel, policy, options, cache)));
  }
  return { policy, kernels };
}

/** The same with the facts behind each verdict, for explanations. */
export async function analyseRoot(root: string, options: EnumerateOptions = {}): Promise<Analysis> {
  const policy = normaliseChoices(options.choices ?? NO_CHOICES);
  const kernels: KernelAnalysis[] = [];
  for (const kernel of await findKernels(root))
    kernels.push(await analyseKernel(kernel, policy, options, options.cache?.of(kernel) ?? null));
  return { policy, kernels };
}

/** The verdicts alone: what lists and manifests are made of, and what is kept between runs. */
function verdictsOf({ facts: _, creators: __, ...verdicts }: KernelAnalysis): KernelModules {
  return verdicts;
}

/** Verdicts drawn from the facts of one kernel's modules; the names in `choices` are in their written form. */
export function judge(
  facts: ModuleFacts[],
  creators: Creators,
  choices: PolicyChoices = NO_CHOICES,
): ModuleVerdict[] {
  const classes = classify(facts, creators, DEFAULT_POLICY);
  for (const module of facts) {
    if (choices.block.includes(module.name) && !classes.has(module)) classes.set(module, CHOSEN);
  }
  return [...classes].map(([module, found]) => verdict(module, found, creators, choices));
}

async function analyseKernel(
  kernel: KernelTree,
  choices: PolicyChoices,
  { onProgress }: EnumerateOptions,
  cache: KernelCache | null,
): Promise<KernelAnalysis> {
  const total = kernel.files.length;
  const note = (done: number) => onProgress?.(done, total, kernel.release);
  const facts = await readModules(kernel.files, note, cache?.facts ?? null);
  const creators = findCreators(facts, DEFAULT_POLICY);
  const problems = facts
    .filter(({ problem }) => problem !== '')
    .map(({ path, problem }) => ({ path, problem }));
  const modules = judge(facts, creators, choices);
  const judged = new Set(modules.map(({ path }) => path));
  const others = facts.map(({ path }) => path).filter((path) => !judged.has(path));
  const allowances = findAllowances(facts, modules, creators, choices);
  const builtins = namedBuiltins(await findBuiltins(kernel, DEFAULT_POLICY));
  const verdicts = { modules, problems, others, allowances, ...builtins, total };
  const analysis = { release: kernel.release, ...verdicts, facts, creators };
  cache?.keep(choices, verdictsOf(analysis));
  return analysis;
}

function namedBuiltins({ drivers, makers, others, problem }: BuiltinDrivers) {
  return { builtin: drivers, builtinMakers: makers, builtinOthers: others, builtinProblem: problem };
}

function verdict(
  module: ModuleFacts,
  { class: kind, reason }: Classification,
  { choke }: Creators,
  choices: PolicyChoices,
): ModuleVerdict {
  const { name, path } = module;
  const ruling = ruleOn({ name, class: kind, choke: choke.has(module) }, choices, DEFAULT_POLICY);
  if (ruling.blocked) checkName(name, path);
  return { name, path, class: kind, ...ruling, reason };
}

function checkName(name: string, path: string): void {
  if (SAFE_NAME.test(name)) return;
  throw new CliError(
    EXIT.input,
    `${path} must be kept from loading, and modprobe.d cannot express its name`,
    'remove or rename this file, run depmod, and try again',
  );
}
