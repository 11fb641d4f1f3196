import type { PolicyChoices } from '../core/manifest.ts';
import { type DecidedBy, type Ruling, ruleUnnamed } from './choose.ts';
import type { Analysis, KernelAnalysis, ModuleVerdict } from './enumerate.ts';
import { type ModuleFacts, moduleName } from './module-facts.ts';
import { blockedNeeds } from './needs.ts';
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
  /** The ruling if its name were not in `allow`; null when that is not what decided. */
  unnamed: Ruling | null;
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
export function explain({ kernels, policy }: Analysis, module: string): Explanation[] {
  const name = moduleName(module);
  return kernels.flatMap((kernel) =>
    kernel.facts.filter((facts) => facts.name === name).map((facts) => explainOne(kernel, facts, policy)),
  );
}

function explainOne(kernel: KernelAnalysis, facts: ModuleFacts, choices: PolicyChoices): Explanation {
  const verdict = kernel.modules.find(({ path }) => path === facts.path);
  return {
    kernel: kernel.release,
    name: facts.name,
    path: facts.path,
    class: verdict?.class ?? null,
    blocked: verdict?.blocked ?? false,
    policy: verdict?.policy ?? 'default',
    unnamed:
      verdict?.policy === 'allow' ? unnamedRuling(verdict, kernel.creators.choke.has(facts), choices) : null,
    reason: verdict?.reason ?? UNINVOLVED,
    chain: chainOf(kernel, facts),
    registers: facts.imports.filter((symbol) => register.has(symbol) || link.has(symbol)),
    exports: usedExports(kernel, facts),
    aliases: facts.aliases,
    depends: facts.depends,
    softdeps: facts.softdeps,
    waitsFor: blockedNeeds(facts, kernel.facts, kernel.modules),
  };
}

function unnamedRuling({ name, class: kind }: ModuleVerdict, choke: boolean, choices: PolicyChoices): Ruling {
  return ruleUnnamed({ name, class: kind, choke }, choices, DEFAULT_POLICY);
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
