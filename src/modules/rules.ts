import type { Creators } from './creators.ts';
import type { ModuleFacts } from './module-facts.ts';
import type { Family, ModuleClass, Policy } from './policy.ts';

/** What a module is and why; the reason completes a sentence that begins with the module's name. */
export interface Classification {
  class: ModuleClass;
  reason: string;
}

/** What the rules look at besides the module itself. */
export interface Surroundings {
  creators: Creators;
  policy: Policy;
  /** Creators that drivers of hardware build on, with one such driver. */
  suppliers: ReadonlyMap<ModuleFacts, ModuleFacts>;
  /** Creators that build on drivers of hardware or their suppliers, with one of these. */
  clients: ReadonlyMap<ModuleFacts, ModuleFacts>;
}

type Rule = (module: ModuleFacts, around: Surroundings) => Classification | null;

/** Kinds of interface that programs make by rtnetlink or ioctl (rtnl_link_ops.kind; netdev names in ip_tunnel.c). */
const VIRTUAL_ALIAS = /^(rtnl-link|netdev)-/;

/** The class of one creator or choke module: the first rule that fits, from the most to the least telling. */
export function classifyOne(module: ModuleFacts, around: Surroundings): Classification {
  for (const rule of RULES) {
    const found = rule(module, around);
    if (found !== null) return found;
  }
  // Whoever makes interfaces and gives no sign of what they are is kept off: nothing proves that they are virtual.
  return { class: 'client', reason: 'makes interfaces, and nothing shows that they are without hardware' };
}

/** True for a driver that stands for hardware by itself: what only serves it is hardware's too. */
export function drivesHardware(module: ModuleFacts, creators: Creators, policy: Policy): boolean {
  if (dependentReason(module, creators, policy) !== null) return false;
  const family = familyOf(module, creators, policy);
  if (family !== null) return policy.blocked[family.class];
  if (busOf(module, policy) !== null) return true;
  return virtualAlias(module) === null && anyOf(module.imports, policy.touchesHardware) !== null;
}

/** The alias by which programs ask for an interface, null when there is none. */
export function virtualAlias({ aliases }: Pick<ModuleFacts, 'aliases'>): string | null {
  return aliases.find((alias) => VIRTUAL_ALIAS.test(alias)) ?? null;
}

const RULES: Rule[] = [
  (module, { creators, policy }) => as('dependent', dependentReason(module, creators, policy)),
  (module, { creators, policy }) => {
    const family = familyOf(module, creators, policy);
    return family && { class: family.class, reason: family.why };
  },
  (module, { policy }) => as('hardware', busOf(module, policy), (bus) => `drives devices of the ${bus} bus`),
  (module, { policy }) =>
    as('client', anyOf(module.imports, policy.busCore), (symbol) => `offers itself to a bus with ${symbol}`),
  (module) => as('virtual', virtualAlias(module), (alias) => `makes interfaces when asked by ${alias}`),
  (module, { suppliers }) =>
    as('library', suppliers.get(module) ?? null, ({ name }) => `makes interfaces for drivers like ${name}`),
  (module, { policy }) =>
    as(
      'hardware',
      anyOf(module.imports, policy.touchesHardware),
      (symbol) => `finds its device itself (${symbol})`,
    ),
  (module, { clients }) => as('client', clients.get(module) ?? null, ({ name }) => `works on top of ${name}`),
  (module, { policy }) =>
    policy.virtual.has(module.name)
      ? { class: 'virtual', reason: 'makes interfaces without hardware' }
      : null,
  (module, { creators }) =>
    as(
      'virtual',
      indirectCause(module, creators),
      ({ name }) => `only uses ${name}, which needs no hardware`,
    ),
];

function as<T>(name: ModuleClass, found: T | null, say = (value: T) => String(value)): Classification | null {
  return found === null ? null : { class: name, reason: say(found) };
}

function anyOf(names: string[], wanted: ReadonlySet<string>): string | null {
  return names.find((name) => wanted.has(name)) ?? null;
}

function busOf(module: ModuleFacts, { buses }: Policy): string | null {
  const alias = module.aliases.find((name) => buses.has(name.split(':')[0] ?? ''));
  return alias?.split(':')[0] ?? null;
}

/** A family that is let through never vouches for a module that makes interfaces itself, unless it names it. */
function familyOf(module: ModuleFacts, { choke }: Creators, { families, blocked }: Policy): Family | null {
  const family = families.find((candidate) => isOfFamily(module, candidate)) ?? null;
  if (family === null || blocked[family.class] || !choke.has(module)) return family;
  return family.names?.includes(module.name) ? family : null;
}

function isOfFamily({ name, path, imports }: ModuleFacts, family: Family): boolean {
  if (family.except?.includes(name)) return false;
  if (family.names?.includes(name)) return true;
  if (family.paths?.some((start) => path.startsWith(start))) return true;
  return family.imports?.some((symbol) => imports.includes(symbol)) ?? false;
}

/** A module that makes an interface itself is never a mere dependent, wherever it lies and whatever it is called. */
function dependentReason(module: ModuleFacts, { choke }: Creators, { dependents }: Policy): string | null {
  if (choke.has(module)) return null;
  const start = Object.keys(dependents.paths).find((path) => module.path.startsWith(path));
  return (
    dependents.names.get(module.name) ?? (start === undefined ? null : (dependents.paths[start] ?? null))
  );
}

/** The creator a module is one by, null for a module that makes interfaces itself. */
function indirectCause(module: ModuleFacts, { causes, choke }: Creators): ModuleFacts | null {
  return choke.has(module) ? null : (causes.get(module)?.from ?? null);
}
