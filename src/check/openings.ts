import { type Asker, askModprobe } from './ask.ts';
import type { Kmod } from './kmod.ts';
import type { Stage } from './stage.ts';
import type { Way } from './ways.ts';

/** A blocked module that loads, with the ways in and the kmods that would load it. */
export interface Opening {
  module: string;
  ways: Way[];
  kmods: string[];
}

const ASKERS: Asker[] = ['person', 'udev'];
/** The plainest way is told first. */
const ORDER: Way['how'][] = ['name', 'boot', 'alias', 'own-alias'];

type Found = Map<string, { ways: Set<Way>; kmods: Set<string> }>;

/** Asks every kmod, as a person and as udev, for every way, and gathers the blocked modules that would be inserted. */
export async function findOpenings(
  kmods: Kmod[],
  stage: Stage,
  ways: Way[],
  blocked: ReadonlySet<string>,
): Promise<Opening[]> {
  const found: Found = new Map();
  const queries = ways.map(({ query }) => query);
  for (const kmod of kmods) {
    for (const asker of ASKERS) {
      const answers = await askModprobe(kmod, stage, asker, queries);
      for (const [index, way] of ways.entries()) {
        const open = (answers[index] ?? []).filter((module) => blocked.has(module));
        for (const module of open) note(found, module, way, kmod.label);
      }
    }
  }
  return [...found].map(([module, { ways, kmods }]) => {
    const sorted = [...ways].sort((a, b) => rank(module, a) - rank(module, b));
    return { module, ways: sorted, kmods: [...kmods] };
  });
}

function note(found: Found, module: string, way: Way, kmod: string): void {
  const opening = found.get(module) ?? { ways: new Set(), kmods: new Set() };
  found.set(module, opening);
  opening.ways.add(way);
  opening.kmods.add(kmod);
}

function rank(module: string, { how, query }: Way): number {
  return how === 'name' && query !== module ? ORDER.length : ORDER.indexOf(how);
}
