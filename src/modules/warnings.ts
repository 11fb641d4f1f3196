import type { PolicyChoices } from '../core/manifest.ts';
import type { Allowance } from './allowances.ts';
import { type DecidedBy, ruleOn } from './choose.ts';
import type { Enumeration, KernelModules } from './enumerate.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { builtinNames, kernelModuleNames, moduleNames } from './review.ts';

/** What weakens the policy on one kernel, or is without effect there, without being an error. */
export function policyWarnings(kernel: KernelModules, enumeration: Enumeration): string[] {
  const { policy } = enumeration;
  return [
    ...kernel.allowances.flatMap((allowance) => allowanceWarnings(allowance, policy)),
    ...makerWarnings(kernel, policy),
    ...blockWarnings(kernel, enumeration),
  ];
}

function allowanceWarnings(
  { name, needed, choke, waitsFor }: Allowance,
  { strict }: PolicyChoices,
): string[] {
  const waits = `${name} is allowed by name, and does not load: it needs ${waitsFor.join(', ')}, which must not`;
  return [
    ...(strict && choke ? [`${name} is allowed by name: strict does not hold for it`] : []),
    ...(needed ? [] : [`${name} is allowed by name, and would be without that`]),
    ...(needed && waitsFor.length > 0 ? [waits] : []),
  ];
}

/** Nothing keeps a built-in module from making an interface, but only root can ask it for one: no error, yet to be known. */
function makerWarnings({ builtinMakers }: KernelModules, policy: PolicyChoices): string[] {
  const open = builtinMakers.filter(({ name }) => !policy.acceptBuiltin.includes(name));
  return open.flatMap(({ name, class: kind, reason }) => {
    const ruling = ruleOn({ name, class: kind, choke: true }, policy, DEFAULT_POLICY);
    if (!ruling.blocked) return [];
    const order = ORDERS[ruling.policy] ?? `the block of class ${kind}`;
    return [`${name} is built into the kernel and ${reason}: ${order} does not hold for it`];
  });
}

const ORDERS: Partial<Record<DecidedBy, string>> = { strict: 'strict', block: 'the block by its name' };

/** A module that another kernel has, and this one not, or not as a module. */
function blockWarnings(kernel: KernelModules, enumeration: Enumeration): string[] {
  if (enumeration.policy.block.length === 0) return [];
  const [all, own, inside] = [moduleNames(enumeration), kernelModuleNames(kernel), builtinNames(kernel)];
  const makers = new Set(kernel.builtinMakers.map(({ name }) => name));
  return enumeration.policy.block
    .filter((name) => all.has(name) && !own.has(name) && !makers.has(name))
    .map((name) =>
      inside.has(name)
        ? `${name} is built into the kernel: the block by its name does not hold for it`
        : `${name} is to be blocked by name, and this kernel has no such module`,
    );
}
