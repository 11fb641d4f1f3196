import { CliError, EXIT } from '../cli/errors.ts';
import type { ModuleFacts } from './module-facts.ts';
import type { Policy } from './policy.ts';

/** Why a module is a creator: the symbol it imports, and the creator that exports it (null: the kernel itself). */
export interface Cause {
  symbol: string;
  from: ModuleFacts | null;
}

/** The modules of one kernel that have to do with making interfaces, and how they hang together. */
export interface Creators {
  /** Importers of the symbols that make an interface or let a program ask for one. */
  choke: Map<ModuleFacts, string>;
  /** Importers of the symbols that make an interface and, transitively, of anything a creator exports. */
  causes: Map<ModuleFacts, Cause>;
  /** For each module the modules that import something of it, and what. */
  users: Map<ModuleFacts, Map<ModuleFacts, string>>;
}

/** Kernels have two or three modules for one symbol (kernel/ and updates/); more is a tree made to take endless time. */
const MAX_EXPORTERS = 64;

/** Finds choke modules and creators (the rule in docs/enumeration.md). */
export function findCreators(modules: ModuleFacts[], policy: Policy): Creators {
  const users = findUsers(modules);
  const causes = new Map<ModuleFacts, Cause>();
  for (const [module, symbol] of importers(modules, policy.register))
    causes.set(module, { symbol, from: null });
  // A map is walked in order of insertion, additions included: breadth first, so each cause is a shortest chain.
  for (const creator of causes.keys()) {
    for (const [user, symbol] of users.get(creator) ?? []) {
      if (!causes.has(user)) causes.set(user, { symbol, from: creator });
    }
  }
  const choke = importers(modules, new Set([...policy.register, ...policy.link]));
  return { choke, causes, users };
}

/** The modules that import one of the symbols, with the first such symbol. */
export function importers(modules: ModuleFacts[], symbols: ReadonlySet<string>): Map<ModuleFacts, string> {
  const found = new Map<ModuleFacts, string>();
  for (const module of modules) {
    const symbol = module.imports.find((name) => symbols.has(name));
    if (symbol !== undefined) found.set(module, symbol);
  }
  return found;
}

function findUsers(modules: ModuleFacts[]): Creators['users'] {
  const exporters = findExporters(modules);
  const users: Creators['users'] = new Map(modules.map((module) => [module, new Map()]));
  for (const module of modules) {
    for (const symbol of module.imports) {
      for (const exporter of exporters.get(symbol) ?? []) {
        if (exporter !== module) users.get(exporter)?.set(module, symbol);
      }
    }
  }
  return users;
}

function findExporters(modules: ModuleFacts[]): Map<string, ModuleFacts[]> {
  const exporters = new Map<string, ModuleFacts[]>();
  for (const module of modules) {
    for (const symbol of module.exports) {
      const known = exporters.get(symbol);
      if (known === undefined) exporters.set(symbol, [module]);
      else if (known.push(module) > MAX_EXPORTERS) throw tooManyExporters(symbol);
    }
  }
  return exporters;
}

function tooManyExporters(symbol: string): CliError {
  const what = `more than ${MAX_EXPORTERS} modules of one kernel export ${symbol}`;
  return new CliError(EXIT.input, what, 'install the kernel package again; these are no modules of a kernel');
}
