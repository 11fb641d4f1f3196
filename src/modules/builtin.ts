import names from '../../modprobe/builtin-names.json';
import places from '../../modprobe/builtin-places.json';
import { readIndexFile } from './builtin/files.ts';
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

/** The built-in drivers of a kernel, and why they are not all known: '' when they are. */
export interface BuiltinDrivers {
  drivers: BuiltinDriver[];
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
 * The built-in drivers of a kernel that make interfaces for devices and would be blocked as modules (the rule in
 * docs/enumeration.md). They have no symbols of their own to read, so name and place have to tell.
 */
export async function findBuiltins(kernel: KernelTree, policy: Policy): Promise<BuiltinDrivers> {
  const list = await readIndexFile(kernel.directories, 'modules.builtin');
  const modinfo = await readIndexFile(kernel.directories, 'modules.builtin.modinfo');
  const paths = parseBuiltinPaths(list.text);
  const infos = parseBuiltinInfo(modinfo.text, policy.buses);
  const drivers = mergeModules(paths.value, infos.value).flatMap((module) => judge(module, policy));
  return {
    drivers: drivers.sort((a, b) => compare(a.path, b.path)),
    problem: describe([list.problem || paths.problem, modinfo.problem || infos.problem]),
  };
}

function describe(problems: string[]): string {
  const found = problems.filter((problem) => problem !== '');
  return found.length === 0 ? '' : `built-in drivers may be missed: ${found.join('; ')}`;
}

/** Drivers that can only be built in stand in modinfo alone: modules.builtin lists what could have been a module. */
function mergeModules(paths: string[], infos: Map<string, BuiltinInfo>): BuiltinModule[] {
  const modules = new Map<string, BuiltinModule>();
  for (const { file, alias } of infos.values())
    if (file !== '') modules.set(`kernel/${file}.ko`, { path: `kernel/${file}.ko`, alias });
  for (const path of paths) modules.set(path, { path, alias: infos.get(moduleName(path))?.alias ?? '' });
  return [...modules.values()];
}

function judge({ path, alias }: BuiltinModule, policy: Policy): BuiltinDriver[] {
  const name = moduleName(path);
  const found = knownDriver(name) ?? placedDriver(name, path, alias, policy);
  if (found === null || !policy.blocked[found.class]) return [];
  return [{ name, path, alias, ...found }];
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
