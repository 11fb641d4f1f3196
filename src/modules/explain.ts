import type { Analysis, KernelAnalysis } from './enumerate.ts';
import { type ModuleFacts, moduleName } from './module-facts.ts';

/** Everything that led to the verdict on one module file. */
export interface Explanation {
  kernel: string;
  name: string;
  path: string;
  /** null for a module that has nothing to do with making interfaces. */
  class: string | null;
  blocked: boolean;
  reason: string;
  /** From the module up to the symbol of the kernel: `a imports s of b`. */
  chain: string[];
  aliases: string[];
  depends: string[];
  softdeps: string[];
}

const UNINVOLVED = 'imports nothing that makes an interface, and nothing of a module that does';

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
    reason: verdict?.reason ?? UNINVOLVED,
    chain: chainOf(kernel, facts),
    aliases: facts.aliases,
    depends: facts.depends,
    softdeps: facts.softdeps,
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

/** Aliases shown before the rest is only counted; --json has them all. */
const ALIASES_SHOWN = 4;

/** An explanation as text for people. */
export function formatExplanation(explanation: Explanation): string {
  const { name, path, kernel, reason, chain, aliases, depends, softdeps } = explanation;
  const lines = [
    ['verdict', explanation.blocked ? 'blocked' : 'not blocked'],
    ['class', `${explanation.class ?? 'none'}: ${reason}`],
    ...chain.map((step) => ['because', step]),
    ...shorten(aliases).map((alias) => ['alias', alias]),
    ['depends', depends.join(' ') || 'on no module'],
    ...softdeps.map((softdep) => ['softdep', softdep]),
  ];
  const body = lines.map(([key = '', value]) => `  ${key.padEnd(8)} ${value}\n`).join('');
  return `${name} (${kernel}: ${path})\n${body}`;
}

function shorten(aliases: string[]): string[] {
  if (aliases.length <= ALIASES_SHOWN) return aliases;
  return [...aliases.slice(0, ALIASES_SHOWN), `and ${aliases.length - ALIASES_SHOWN} more`];
}
