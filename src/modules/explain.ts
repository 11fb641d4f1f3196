import type { DecidedBy } from './choose.ts';
import type { Analysis, KernelAnalysis } from './enumerate.ts';
import { type ModuleFacts, moduleName } from './module-facts.ts';
import { DEFAULT_POLICY } from './policy.ts';

/** Everything that led to the verdict on one module file. */
export interface Explanation {
  kernel: string;
  name: string;
  path: string;
  /** null for a module that has nothing to do with making interfaces. */
  class: string | null;
  blocked: boolean;
  /** What decided about `blocked`. */
  policy: DecidedBy;
  /** Why the class is what it is. */
  reason: string;
  /** From the module up to the symbol of the kernel: `a imports s of b`. */
  chain: string[];
  /** The symbols it imports that make an interface, or let a program ask for one. */
  registers: string[];
  /** Its exports that other modules import, with these modules. */
  exports: { symbol: string; users: string[] }[];
  aliases: string[];
  depends: string[];
  softdeps: string[];
  /** Blocked modules that it needs, directly or not: without them it does not load either. */
  waitsFor: string[];
}

const UNINVOLVED = 'imports nothing that makes an interface, and nothing of a module that does';
const { register, link } = DEFAULT_POLICY;

/** Explains a module in every kernel that has it, named with `-` or `_`; empty when none has. */
export function explain({ kernels }: Analysis, module: string): Explanation[] {
  const name = moduleName(module);
  return kernels.flatMap((kernel) =>
    kernel.facts.filter((facts) => facts.name === name).map((facts) => explainOne(kernel, facts)),
  );
}

function explainOne(kernel: KernelAnalysis, facts: ModuleFacts): Explanation {
  const verdict = kernel.modules.find(({ path }) => path === facts.path);
  return {
    kernel: kernel.release,
    name: facts.name,
    path: facts.path,
    class: verdict?.class ?? null,
    blocked: verdict?.blocked ?? false,
    policy: verdict?.policy ?? 'default',
    reason: verdict?.reason ?? UNINVOLVED,
    chain: chainOf(kernel, facts),
    registers: facts.imports.filter((symbol) => register.has(symbol) || link.has(symbol)),
    exports: usedExports(kernel, facts),
    aliases: facts.aliases,
    depends: facts.depends,
    softdeps: facts.softdeps,
    waitsFor: blockedNeeds(kernel, facts),
  };
}

function chainOf({ creators }: KernelAnalysis, module: ModuleFacts): string[] {
  const chain: string[] = [];
  const link = creators.causes.has(module) ? undefined : creators.choke.get(module);
  if (link !== undefined) return [`${module.name} imports ${link} of the kernel`];
  for (let at: ModuleFacts | null = module; at !== null; ) {
    const cause = creators.causes.get(at);
    if (cause === undefined) return chain;
    chain.push(`${at.name} imports ${cause.symbol} of ${cause.from?.name ?? 'the kernel'}`);
    at = cause.from;
  }
  return chain;
}

function usedExports({ creators }: KernelAnalysis, module: ModuleFacts): Explanation['exports'] {
  const own = new Set(module.exports);
  const users = new Map<string, string[]>();
  for (const user of creators.users.get(module)?.keys() ?? []) {
    for (const symbol of user.imports) {
      if (own.has(symbol)) users.set(symbol, [...(users.get(symbol) ?? []), user.name]);
    }
  }
  return [...users]
    .map(([symbol, names]) => ({ symbol, users: names }))
    .sort((a, b) => b.users.length - a.users.length);
}

function blockedNeeds({ facts, modules }: KernelAnalysis, module: ModuleFacts): string[] {
  const blocked = new Set(modules.filter((one) => one.blocked).map(({ name }) => name));
  const depends = new Map(facts.map((one) => [one.name, one.depends]));
  const needs = new Set(module.depends);
  // A set is walked in order of insertion, additions included.
  for (const need of needs) for (const name of depends.get(need) ?? []) needs.add(name);
  return [...needs].filter((name) => blocked.has(name));
}
