import type { CardCosts, Measured } from './cards.ts';
import type { Cost, Kind } from './round.ts';
import { type Summary, summarise } from './statistics.ts';
import type { Calls } from './trace.ts';

const TITLES: Record<Kind, string> = {
  bare: 'modprobe -ab, settle',
  hook: 'macveil-hook unblock',
  script: 'modprobe -ab, settle, script',
};
const WIDTH = 34;
const COLUMN = 13;

/** Prints what loading the drivers of all cards costs each way, and each interface in it. */
export function showCards({ ways, starts }: CardCosts, clock: string): void {
  console.log(`\nten cards, from blocked to settled; ${clock}`);
  row('', ['wall ms', 'from', 'to', 'to bare', 'CPU ms']);
  const bare = summarise(walls(ways.bare.whole)).median;
  for (const kind of Object.keys(ways) as Kind[]) showWhole(TITLES[kind], ways[kind].whole, bare);
  showPrograms(ways);
  showStarts(starts);
  showCalls(ways);
}

function showWhole(title: string, costs: Cost[], bare: number): void {
  const wall = summarise(walls(costs));
  row(title, [
    ...spread(wall),
    `${(wall.median / bare).toFixed(2)} x`,
    number(summarise(cpus(costs)).median),
  ]);
}

function showPrograms({ hook, script }: CardCosts['ways']): void {
  console.log("\nCPU ms of the program that udev's rule calls, what it starts included");
  row('', ['an interface', 'calls', 'a call', 'from', 'to']);
  for (const [title, way] of [
    ['macveil-hook net-add', hook],
    ['script', script],
  ] as const) {
    const calls = way.called.flatMap(({ programs }) => cpus(programs));
    const count = calls.length / (way.called.length * interfacesOf(way));
    row(title, [number(cpuOfInterface(way)), count.toFixed(1), ...spread(summarise(calls))]);
  }
}

function showStarts({ hook, nothing }: CardCosts['starts']): void {
  row('macveil-hook --help', ['', '', ...spread(summarise(cpus(hook)))]);
  row('a static C program, nothing', ['', '', ...spread(summarise(cpus(nothing)))]);
}

function showCalls({ bare, hook, script }: CardCosts['ways']): void {
  console.log('\nasked of the kernel');
  row('', ['system calls', 'forks', 'programs', 'opens', 'bytes read']);
  row('macveil-hook net-add, an interface', counts(typical(hook)));
  row('script, an interface', counts(typical(script)));
  for (const [title, { traces }] of [
    ['bare, outside udev', bare],
    ['unblock, outside udev', hook],
  ] as const)
    row(title, counts(traces.outside));
}

/** Median over rounds of what the programs of one round took, shared among its interfaces. */
export function cpuOfInterface(way: Measured): number {
  const rounds = way.called.map(({ programs }) => cpus(programs).reduce((sum, cpu) => sum + cpu, 0));
  return summarise(rounds).median / interfacesOf(way);
}

/** Median wall time of the whole. */
export function wallOfWhole(way: Measured): number {
  return summarise(walls(way.whole)).median;
}

function interfacesOf({ traces }: Measured): number {
  return traces.interfaces.length;
}

function typical({ traces }: Measured): Omit<Calls, 'byName'> {
  const of = (key: keyof Omit<Calls, 'byName'>) =>
    summarise(traces.interfaces.map((calls) => calls[key])).median;
  return {
    calls: of('calls'),
    forks: of('forks'),
    programs: of('programs'),
    opens: of('opens'),
    bytes: of('bytes'),
  };
}

function counts({ calls, forks, programs, opens, bytes }: Omit<Calls, 'byName'>): string[] {
  return [calls, forks, programs, opens, bytes].map((count) => count.toLocaleString('en'));
}

function spread({ median, least, most }: Summary): string[] {
  return [median, least, most].map(number);
}

function number(milliseconds: number): string {
  return milliseconds.toFixed(1);
}

function walls(costs: Cost[]): number[] {
  return costs.map(({ wall }) => wall);
}

function cpus(costs: Cost[]): number[] {
  return costs.map(({ cpu }) => cpu);
}

function row(title: string, cells: string[]): void {
  console.log(`  ${title.padEnd(WIDTH)}${cells.map((cell) => cell.padStart(COLUMN)).join('')}`);
}
