import type { Creators } from './creators.ts';
import type { ModuleFacts } from './module-facts.ts';
import type { Policy } from './policy.ts';
import { type Classification, classifyOne, drivesHardware, virtualAlias } from './rules.ts';

/** Classifies every creator, choke module, parent and unreadable module; the others make no interfaces. */
export function classify(
  modules: ModuleFacts[],
  creators: Creators,
  policy: Policy,
): Map<ModuleFacts, Classification> {
  const subjects = modules.filter((module) => creators.causes.has(module) || creators.choke.has(module));
  const parents = modules.filter(({ name, problem }) => policy.parents.has(name) && problem === '');
  const around = { creators, policy, ...findNeighbours(subjects, parents, creators, policy) };
  const classes = new Map<ModuleFacts, Classification>();
  for (const module of modules) {
    if (module.problem !== '') classes.set(module, { class: 'unreadable', reason: module.problem });
  }
  for (const module of parents) {
    classes.set(module, { class: 'hardware', reason: policy.parents.get(module.name) ?? '' });
  }
  for (const module of subjects) if (!classes.has(module)) classes.set(module, classifyOne(module, around));
  return classes;
}

type Neighbours = Map<ModuleFacts, ModuleFacts>;

/** What drivers of hardware build on, and what builds on either; kinds that programs ask for by name are neither. */
function findNeighbours(subjects: ModuleFacts[], parents: ModuleFacts[], creators: Creators, policy: Policy) {
  const candidates = new Set(subjects.filter((module) => virtualAlias(module) === null));
  const drivers = subjects.filter((module) => drivesHardware(module, creators, policy));
  const providers = invert(creators.users);
  const suppliers = reach(drivers, candidates, providers);
  const clients = reach([...drivers, ...parents, ...suppliers.keys()], candidates, usersOf(creators));
  return { suppliers, clients };
}

/** Everything among `candidates` that `next` leads to from `starts`, each with the start it was reached from. */
function reach(
  starts: ModuleFacts[],
  candidates: Set<ModuleFacts>,
  next: Map<ModuleFacts, ModuleFacts[]>,
): Neighbours {
  const found: Neighbours = new Map();
  for (const start of starts) {
    const queue = [start];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const module of next.get(at) ?? []) {
        if (found.has(module) || !candidates.has(module)) continue;
        found.set(module, start);
        queue.push(module);
      }
    }
  }
  return found;
}

function usersOf({ users }: Creators): Map<ModuleFacts, ModuleFacts[]> {
  return new Map([...users].map(([module, theirs]) => [module, [...theirs.keys()]]));
}

function invert(users: Creators['users']): Map<ModuleFacts, ModuleFacts[]> {
  const providers = new Map<ModuleFacts, ModuleFacts[]>();
  for (const [provider, theirs] of users) {
    for (const user of theirs.keys()) providers.set(user, [...(providers.get(user) ?? []), provider]);
  }
  return providers;
}
