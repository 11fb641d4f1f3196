import { readFileSync } from 'node:fs';

/** Alias prefixes of device buses, as the classification has them. */
const BUSES = new Set(JSON.parse(readFileSync('modprobe/buses.json', 'utf8')));

/** How many modules of a kernel are what. */
export function countKernel({ release, total, modules, creators }) {
  return {
    release,
    total,
    choke: creators.choke.size,
    creators: creators.causes.size,
    blocked: modules.filter((module) => module.blocked).length,
  };
}

/** A choice of modules by name, judged by what macveil found in the kernel. */
export function judgeChoice(chosen, kernel) {
  const { choke, causes } = kernel.creators;
  const makers = new Set([...choke.keys(), ...causes.keys()].map(({ name }) => name));
  const blocked = new Set(kernel.modules.filter((module) => module.blocked).map(({ name }) => name));
  const missed = [...blocked].filter((name) => !chosen.has(name)).sort();
  const cards = cardDrivers(kernel);
  return {
    size: chosen.size,
    missed,
    missedCards: missed.filter((name) => cards.has(name)),
    harmless: [...chosen].filter((name) => !makers.has(name) && !blocked.has(name)).sort(),
  };
}

/** Blocked modules that a device can ask for: they have an alias of a bus. */
export function cardDrivers({ modules, facts }) {
  const blocked = new Set(modules.filter((module) => module.blocked).map(({ path }) => path));
  const cards = facts.filter(({ path, aliases }) => blocked.has(path) && aliases.some(isOfBus));
  return new Set(cards.map(({ name }) => name));
}

function isOfBus(alias) {
  return BUSES.has(alias.split(':')[0]);
}
