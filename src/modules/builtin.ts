import names from '../../modprobe/builtin-names.json';
import places from '../../modprobe/builtin-places.json';
import { readIndexFile } from './builtin/files.ts';
import { asMaker } from './builtin/makers.ts';
import {
  type BuiltinInfo,
  type BuiltinModule,
  parseBuiltinInfo,
  parseBuiltinPaths,
} from './builtin/parse.ts';
import { moduleName } from './module-facts.ts';
import type { ModuleClass, Policy } from './policy.ts';
import { compare, type KernelTree } from './tree.ts';

/** A driver in the kernel itself that makes an interface for a device: no list can keep it from that. */
export interface BuiltinDriver {
  name: string;
  /** As modules.builtin has it: relative to the kernel's directory. */
  path: string;
  class: ModuleClass;
  /** One of its device aliases; '' for one that finds its device itself, or when the kernel does not tell. */
  alias: string;
  reason: string;
}

/** What a kernel has built in. */
export interface BuiltinDrivers {
  /** Those that make an interface for a device and would be blocked as modules. */
  drivers: BuiltinDriver[];
  /** Those that make an interface when a program asks for one, and are allowed as modules too. */
  makers: BuiltinDriver[];
  /** Names of all the rest. */
  others: string[];
  /** Why they are not all known; '' when they are. */
  problem: string;
}

/** What is known of a built-in driver by its name: modprobe/builtin-names.json, made from real kernels. */
const CLASSES = new Map(
  Object.entries(names.creators).flatMap(([kind, ofKind]) =>
    ofKind.map((name) => [name, kind as ModuleClass] as const),
  ),
);
const OTHERS = new Set(names.others);

/**
 * What a kernel has built in, sorted by what it does for interfaces (the rule in docs/enumeration.md). It has no symbols
 * of its own to read, so name, place and aliases have to tell.
 */
export async function findBuiltins(kernel: KernelTree, policy: Policy): Promise<BuiltinDrivers> {
  const list = await readIndexFile(kernel.directories, 'modules.builtin');
  const modinfo = await readIndexFile(kernel.directories, 'modules.builtin.modinfo');
  const paths = parseBuiltinPaths(list.text);
  const infos = parseBuiltinInfo(modinfo.text, policy.buses);
  const modules = mergeModules(paths.value, infos.value).sort((a, b) => compare(a.path, b.path));
  return {
    ...sortOut(modules, policy),
    problem: describe([list.problem || paths.problem, modinfo.problem || infos.problem]),
  };
}

function sortOut(modules: BuiltinModule[], policy: Policy): Omit<BuiltinDrivers, 'problem'> {
  const found: Omit<BuiltinDrivers, 'problem'> = { drivers: [], makers: [], others: [] };
  for (const module of modules) {
    const driver = asDriver(module, policy);
    const maker = driver === null ? asMaker(module) : null;
    if (driver !== null) found.drivers.push(driver);
    else if (maker !== null) found.makers.push(maker);
    else found.others.push(moduleName(module.path));
  }
  return found;
}

function describe(problems: string[]): string {
  const found = problems.filter((problem) => problem !== '');
  return found.length === 0 ? '' : `built-in drivers may be missed: ${found.join('; ')}`;
}

/** Drivers that can only be built in stand in modinfo alone: modules.builtin lists what could have been a module. */
function mergeModules(paths: string[], infos: Map<string, BuiltinInfo>): BuiltinModule[] {
  const modules = new Map<string, BuiltinModule>();
  for (const { file, alias, request } of infos.values())
    if (file !== '') modules.set(`kernel/${file}.ko`, { path: `kernel/${file}.ko`, alias, request });
  for (const path of paths) {
    const { alias = '', request = '' } = infos.get(moduleName(path)) ?? {};
    modules.set(path, { path, alias, request });
  }
  return [...modules.values()];
}

function asDriver({ path, alias }: BuiltinModule, policy: Policy): BuiltinDriver | null {
  const name = moduleName(path);
  const found = knownDriver(name) ?? placedDriver(name, path, alias, policy);
  if (found === null || !policy.blocked[found.class]) return null;
  return { name, path, alias, ...found };
}

type Judgement = Pick<BuiltinDriver, 'class' | 'reason'>;

function knownDriver(name: string): Judgement | null {
  const kind = CLASSES.get(name);
  return kind === undefined
    ? null
    : { class: kind, reason: 'makes interfaces in kernels in which it is a module' };
}

/** A driver nobody has seen as a module: among network drivers, whoever serves a device makes its interface. */
function placedDriver(name: string, path: string, alias: string, { families }: Policy): Judgement | null {
  if (alias === '' || OTHERS.has(name)) return null;
  if (!startsWithAny(path, places.drivers) || startsWithAny(path, places.except)) return null;
  const family = families.find(({ paths = [] }) => startsWithAny(path, paths));
  return {
    class: family?.class ?? 'hardware',
    reason: `lies among network drivers and drives devices of the ${alias.split(':')[0]} bus`,
  };
}

function startsWithAny(path: string, starts: string[]): boolean {
  return starts.some((start) => path.startsWith(start));
}
