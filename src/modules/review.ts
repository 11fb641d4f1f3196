import type { BuiltinDriver } from './builtin.ts';
import type { Enumeration, KernelModules } from './enumerate.ts';
import { moduleName } from './module-facts.ts';

/** Names of the modules of all kernels, whether they have to do with interfaces or not. */
export function moduleNames({ kernels }: Enumeration): Set<string> {
  return new Set(kernels.flatMap((kernel) => [...kernelModuleNames(kernel)]));
}

/** Names of the modules of one kernel. */
export function kernelModuleNames({ modules, others }: KernelModules): Set<string> {
  return new Set([...modules.map(({ name }) => name), ...others.map(moduleName)]);
}

/** Names of all that is built into one kernel. */
export function builtinNames({ builtin, builtinMakers, builtinOthers }: KernelModules): Set<string> {
  return new Set([...[...builtin, ...builtinMakers].map(({ name }) => name), ...builtinOthers]);
}

/** Modules that the choices name and no kernel has: most likely typing errors, and a typing error blocks nothing. */
export function unknownModules(enumeration: Enumeration): string[] {
  const { allow, block } = enumeration.policy;
  const named = [...allow, ...block];
  // The names of thousands of modules are not made for nothing at each start.
  if (named.length === 0) return [];
  const known = moduleNames(enumeration);
  return named.filter((name) => !known.has(name));
}

/** Built-in drivers that the choices accept and no kernel has, whether they make interfaces for devices or when asked. */
export function unknownBuiltins({ policy, kernels }: Enumeration): string[] {
  const known = new Set(
    kernels.flatMap(({ builtin, builtinMakers }) => [...builtin, ...builtinMakers].map(({ name }) => name)),
  );
  return policy.acceptBuiltin.filter((name) => !known.has(name));
}

/** Built-in drivers that nothing can block and that the image does not accept, each with its kernel. */
export function openBuiltins({ policy, kernels }: Enumeration): (BuiltinDriver & { release: string })[] {
  return kernels.flatMap(({ release, builtin }) =>
    builtin
      .filter(({ name }) => !policy.acceptBuiltin.includes(name))
      .map((driver) => ({ ...driver, release })),
  );
}

/** The most names that a hint lists: more are no help. */
const MAX_NEAR = 5;
/** Letters that may differ: one wrong, missing, added, or two changed about. */
const MAX_DIFFERENT = 2;
/** A shorter text is part of too many names. */
const MIN_PART = 3;

/** Names that `wanted` may have been meant to be, the nearest first. */
export function nearNames(wanted: string, names: Iterable<string>): string[] {
  return [...names]
    .map((name) => ({ name, distance: distance(wanted, name) }))
    .filter(({ distance }) => distance !== null)
    .sort((a, b) => Number(a.distance) - Number(b.distance) || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_NEAR)
    .map(({ name }) => name);
}

/** How many letters two names do not share at their ends; null when they are not alike and none is part of the other. */
function distance(a: string, b: string): number | null {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const different = long.length - sharedEnds(short, long);
  const isPart = short.length >= MIN_PART && long.includes(short);
  return isPart || (different <= MAX_DIFFERENT && different < long.length) ? different : null;
}

function sharedEnds(short: string, long: string): number {
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++;
  return start + end;
}
