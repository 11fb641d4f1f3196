import type { FakeInitial } from '../../../src/system/fake.ts';
import { COMMANDS, type Happening, OTHERS } from './events.ts';
import { keyOf, newWorld, type Seed, type World } from './world.ts';

/** Where to begin, what is seeded into the machine, and how many things may happen one after the other. */
export interface Exploration {
  cmdline: string;
  /** What has happened before, by name. */
  begin: string[];
  depth: number;
  seed?: Seed;
  initial?: FakeInitial;
}

/** How many different machines were seen, by how many steps, and what went wrong, each with the way there. */
export interface Explored {
  machines: number;
  steps: number;
  faults: Map<string, string>;
}

interface Step {
  happening: Happening;
  killAt: number;
}

/** Thousands of refusals are caught, and nobody reads where they were thrown. */
Error.stackTraceLimit = 0;

/** Tries everything that can happen in every order, and every death of the hook, up to a depth or to the first fault; worlds that are alike are entered once. */
export function explore(exploration: Exploration): Explored {
  const begin = exploration.begin.map(named);
  const seen = new Set([keyOf(replay(exploration, begin))]);
  const found: Explored = { machines: 1, steps: 0, faults: new Map() };
  let frontier: Step[][] = [begin];
  for (let depth = 0; depth < exploration.depth && found.faults.size === 0; depth++) {
    frontier = frontier.flatMap((path) => expand(exploration, path, seen, found));
  }
  found.machines = seen.size;
  return found;
}

function named(name: string): Step {
  const happening = [...COMMANDS, ...OTHERS].find((one) => one.name === name);
  if (!happening) throw new Error(`nothing is called "${name}"`);
  return { happening, killAt: Number.POSITIVE_INFINITY };
}

/** The ways that lead from here to worlds nobody has seen. */
function expand(exploration: Exploration, path: Step[], seen: Set<string>, found: Explored): Step[][] {
  const here = replay(exploration, path);
  const possible = [...COMMANDS, ...OTHERS].filter((happening) => happening.possible(here));
  return possible.flatMap((happening) => {
    const visit = (killAt: number) => step(exploration, path, { happening, killAt }, seen, found);
    const { calls, next } = visit(Number.POSITIVE_INFINITY);
    const killed = Array.from({ length: calls }, (_, killAt) => visit(killAt).next);
    return [next, ...killed].flatMap((one) => (one ? [one] : []));
  });
}

function step(
  exploration: Exploration,
  path: Step[],
  last: Step,
  seen: Set<string>,
  found: Explored,
): { calls: number; next: Step[] | null } {
  const world = replay(exploration, path);
  const calls = last.happening.apply(world, last.killAt);
  found.steps += 1;
  const way = [...path, last];
  for (const fault of world.faults) if (!found.faults.has(fault)) found.faults.set(fault, describe(way));
  const key = keyOf(world);
  if (world.faults.length > 0 || seen.has(key)) return { calls, next: null };
  seen.add(key);
  return { calls, next: way };
}

function replay({ cmdline, seed = () => {}, initial = {} }: Exploration, path: Step[]): World {
  const world = newWorld(cmdline, seed, initial);
  for (const { happening, killAt } of path) happening.apply(world, killAt);
  return world;
}

function describe(path: Step[]): string {
  const say = ({ happening, killAt }: Step) =>
    Number.isFinite(killAt) ? `${happening.name} killed before its change ${killAt}` : happening.name;
  return path.map(say).join(', ');
}
