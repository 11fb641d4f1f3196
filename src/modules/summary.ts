import type { PolicyChoices } from '../core/manifest.ts';
import type { Enumeration, KernelModules, ModuleVerdict } from './enumerate.ts';
import { openBuiltins } from './review.ts';
import { compare } from './tree.ts';
import { policyWarnings } from './warnings.ts';

/** The choices that change macveil's policy, a short table by class of each kernel, and every problem, for people. */
export function formatSummary(enumeration: Enumeration): string {
  const choices = describeChoices(enumeration.policy);
  const policy = choices === '' ? '' : `policy: ${choices}\n`;
  return policy + enumeration.kernels.map((kernel) => formatKernel(kernel, enumeration)).join('\n');
}

/** What an image changes of macveil's policy, in one line; '' for nothing. */
export function describeChoices({ strict, allow, block, classes, acceptBuiltin }: PolicyChoices): string {
  const lists = {
    allowed: allow,
    blocked: block,
    classes: Object.entries(classes).map(([name, choice]) => `${name}=${choice}`),
    'built in and accepted': acceptBuiltin,
  };
  const named = Object.entries(lists).filter(([, items]) => items.length > 0);
  const parts = named.map(([what, items]) => `${what}: ${items.join(', ')}`);
  return [...(strict ? ['strict'] : []), ...parts].join('; ');
}

/** A built-in driver with the device it is for, where the kernel tells. */
export function describeBuiltin({ name, alias }: { name: string; alias: string }): string {
  return alias === '' ? name : `${name} (${alias})`;
}

function formatKernel(kernel: KernelModules, enumeration: Enumeration): string {
  const { release, total, modules } = kernel;
  const blocked = modules.filter((module) => module.blocked).length;
  const rows = groupByClass(modules).map(
    ([name, members]) => `  ${name.padEnd(16)}${String(members.length).padStart(5)}  ${verdictOn(members)}\n`,
  );
  const warnings = [
    ...problemsOf(kernel),
    ...(kernel.builtinProblem === '' ? [] : [kernel.builtinProblem]),
    ...policyWarnings(kernel, enumeration),
    ...openDrivers(kernel, enumeration.policy),
  ].map((warning) => `  warning: ${warning}\n`);
  return [`${release}: ${total} modules read, ${blocked} blocked\n`, ...rows, ...warnings].join('');
}

function groupByClass(modules: ModuleVerdict[]): [string, ModuleVerdict[]][] {
  const groups = new Map<string, ModuleVerdict[]>();
  for (const module of modules) {
    const members = groups.get(module.class);
    if (members === undefined) groups.set(module.class, [module]);
    else members.push(module);
  }
  return [...groups].sort(([a, m], [b, n]) => n.length - m.length || compare(a, b));
}

function verdictOn(members: ModuleVerdict[]): string {
  const blocked = members.filter((module) => module.blocked).length;
  if (blocked === 0) return 'not blocked';
  return blocked === members.length
    ? 'blocked'
    : `${blocked} blocked, ${members.length - blocked} not blocked`;
}

function problemsOf({ modules, problems }: KernelModules): string[] {
  const blocked = new Set(modules.filter((module) => module.blocked).map(({ path }) => path));
  return problems.map(
    ({ path, problem }) => `${path}: ${problem}; ${blocked.has(path) ? 'blocked' : 'allowed by name'} unread`,
  );
}

function openDrivers(kernel: KernelModules, policy: PolicyChoices): string[] {
  const open = openBuiltins({ policy, kernels: [kernel] });
  return open.map((driver) => `${describeBuiltin(driver)} is built into the kernel and cannot be blocked`);
}
