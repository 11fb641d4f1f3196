import type { KernelAnalysis } from '../../../src/modules/enumerate.ts';
import type { ModuleFacts } from '../../../src/modules/module-facts.ts';

/** One way to load modules, tried with each of these words, so many in one run of the command. */
export interface Stage {
  name: string;
  command: string;
  words: string[];
  batch: number;
  /** Under a list each word, a module, must be refused. */
  refused: boolean;
  /** The command makes the kernel ask modprobe for each word with this in front; '' when it asks itself. */
  asks: string;
}

/** The file of a stage's words on the machine's disk. */
export function wordsFile({ name }: Stage): string {
  return `${name.replaceAll(/[^a-z]+/g, '-')}.words`;
}

/** A run costs 50 ms in an emulated machine, so many words share one where it need not be known which of them it was. */
const BATCH = 100;
/** Fewer where every word is work: what a finding names should be worth reading. */
const SMALL_BATCH = 20;

const PLAIN_ALIAS = 'by alias';

/** The names of the modules that are blocked. */
export function blockedModules({ modules }: KernelAnalysis): Set<string> {
  return new Set(modules.filter(({ blocked }) => blocked).map(({ name }) => name));
}

/** Every way in which a blocked module could come in, as itself or beneath another one; what comes first loads least. */
export function blockedStages(kernel: KernelAnalysis): Stage[] {
  const blocked = blockedModules(kernel);
  const facts = kernel.facts.filter(({ name }) => blocked.has(name));
  const aliases = [...new Set(facts.flatMap((module) => module.aliases))];
  return [
    request('for an interface by name', 'busybox ifconfig', 'netdev-', aliases),
    request('for an interface of a kind', 'ip link add type', 'rtnl-link-', aliases),
    stage('as a soft dependency', 'modprobe -av', softUsers(kernel.facts, blocked), SMALL_BATCH),
    { ...stage('as a dependency', 'modprobe -av', users(kernel.facts, blocked), SMALL_BATCH), refused: true },
    stage('by symbol', 'modprobe -av', facts.flatMap(firstSymbol), SMALL_BATCH),
    stage(PLAIN_ALIAS, 'modprobe -av', aliases, BATCH),
    stage('by alias, as udev does', 'modprobe -abv', aliases, BATCH),
    byName(blocked),
  ];
}

/** The same for a machine without a list: plain aliases go halfway, or those that udev asks for would find nothing left to load. */
export function controlStages(kernel: KernelAnalysis): Stage[] {
  const halve = (words: string[]) => words.slice(0, words.length / 2);
  return blockedStages(kernel).map((each) =>
    each.name === PLAIN_ALIAS ? { ...each, words: halve(each.words) } : each,
  );
}

/** Every blocked module, asked for by its own name. */
export function byName(blocked: ReadonlySet<string>): Stage {
  return { ...stage('by name', 'modprobe -av', [...blocked], SMALL_BATCH), refused: true };
}

/** The creators that may load, by name: virtual ones each in a run of its own, to know which of them made what. */
export function allowedStages(kernel: KernelAnalysis): Stage[] {
  const waiting = new Set(users(kernel.facts, blockedModules(kernel)));
  const allowed = kernel.modules.filter(({ name, blocked }) => !blocked && !waiting.has(name));
  const names = (isVirtual: boolean) =>
    allowed.filter((module) => (module.class === 'virtual') === isVirtual).map(({ name }) => name);
  return [
    stage('allowed, media and dependent', 'modprobe -av', names(false), SMALL_BATCH),
    stage('allowed, virtual', 'modprobe -v', names(true), 1),
  ];
}

function stage(name: string, command: string, words: string[], batch: number): Stage {
  return { name, command, words, batch, refused: false, asks: '' };
}

/** The kernel asks modprobe when a program wants what only a module can give (linux/kmod.h, request_module). */
function request(name: string, command: string, asks: string, aliases: string[]): Stage {
  const words = aliases.filter((alias) => alias.startsWith(asks)).map((alias) => alias.slice(asks.length));
  return { ...stage(name, command, words, 1), asks };
}

/** `symbol:` is how a running driver has the kernel ask for another one (symbol_request, linux/module.h). */
function firstSymbol({ exports }: ModuleFacts): string[] {
  return exports.slice(0, 1).map((symbol) => `symbol:${symbol}`);
}

/** Modules that are not blocked and depend, directly or through others, on one that is. */
function users(facts: ModuleFacts[], blocked: ReadonlySet<string>): string[] {
  const found = new Set<string>(blocked);
  for (let before = -1; found.size !== before; ) {
    before = found.size;
    for (const { name, depends } of facts) if (depends.some((needed) => found.has(needed))) found.add(name);
  }
  return [...found].filter((name) => !blocked.has(name));
}

function softUsers(facts: ModuleFacts[], blocked: ReadonlySet<string>): string[] {
  const names = ({ softdeps }: ModuleFacts) => softdeps.join(' ').replaceAll('-', '_').split(/\s+/);
  return facts.filter((module) => names(module).some((name) => blocked.has(name))).map(({ name }) => name);
}
