import buses from '../../modprobe/buses.json';
import dependents from '../../modprobe/dependents.json';
import families from '../../modprobe/families.json';
import parents from '../../modprobe/parents.json';
import blockedClasses from '../../modprobe/policy.json';
import symbols from '../../modprobe/symbols.json';
import virtual from '../../modprobe/virtual.json';

/** What a module is to the network: see docs/enumeration.md for the rule of each. */
export type ModuleClass = keyof typeof blockedClasses;

/** A kind of network driver that policy can speak of by name; a module matches by path, import or name. */
export interface Family {
  class: ModuleClass;
  why: string;
  /** Beginnings of paths relative to the kernel's directory. */
  paths?: string[];
  imports?: string[];
  names?: string[];
  /** Modules that match by path or import and are something else. */
  except?: string[];
}

/** Everything the classification knows that the modules themselves do not say; the data is in modprobe/. */
export interface Policy {
  /** Classes that are kept from loading. */
  blocked: Record<ModuleClass, boolean>;
  /** Symbols that make an interface. */
  register: ReadonlySet<string>;
  /** Symbols that let a program ask for an interface. */
  link: ReadonlySet<string>;
  /** Symbols by which a driver offers itself to a bus. */
  busCore: ReadonlySet<string>;
  /** Symbols of drivers that find their hardware themselves. */
  touchesHardware: ReadonlySet<string>;
  /** Alias prefixes of device buses. */
  buses: ReadonlySet<string>;
  families: Family[];
  /** Modules that use a creator and make no interface themselves, with the reason: by beginning of path and by name. */
  dependents: { paths: Record<string, string>; names: ReadonlyMap<string, string> };
  /** Modules that make interfaces themselves and are known to need no hardware for it. */
  virtual: ReadonlySet<string>;
  /** Modules that carry the bus alias for a creator on top of them, with the reason. */
  parents: ReadonlyMap<string, string>;
}

/** The policy macveil ships. */
export const DEFAULT_POLICY: Policy = {
  blocked: blockedClasses,
  register: new Set(symbols.register),
  link: new Set(symbols.link),
  busCore: new Set(symbols.busCore),
  touchesHardware: new Set(symbols.touchesHardware),
  buses: new Set(buses),
  families: families as Family[],
  dependents: { paths: dependents.paths, names: new Map(Object.entries(dependents.names)) },
  virtual: new Set(virtual),
  parents: new Map(Object.entries(parents)),
};
