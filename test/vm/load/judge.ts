import { REFUSE } from '../../../src/core/block-lines.ts';
import {
  inserted,
  interfacesOf,
  loadedBy,
  type Outcome,
  refusals,
  type Trial,
  type TrialInterface,
} from './trials.ts';

/** What the guest holds at one moment, read afresh: it does not rest on what was noted run by run. */
export interface GuestState {
  modules: string[];
  interfaces: string[];
}

/** From here on an exit status says that the command was not run, did not end in time or was killed, as in an oops (timeout(1)). */
const BROKEN = 124;
/** kmod's words for an alias or name that means no module: nothing was tried then (kmod, tools/modprobe.c). */
const UNKNOWN = /Module (\S+) not found in directory/;
/** Words of a run that a finding names: all of a small batch, the first of a large one. */
const SHOWN = 20;
/** The interfaces that virtual modules make as they load, by module (each one's init function in Linux, net/ and drivers/net/). */
const BORN_WITH: Record<string, RegExp> = {
  eql: /^eql$/,
  ip_gre: /^(gre0|gretap0|erspan0)$/,
  ip_vti: /^ip_vti0$/,
  ipip: /^tunl0$/,
  ip6_gre: /^ip6gre0$/,
  ip6_tunnel: /^ip6tnl0$/,
  ip6_vti: /^ip6_vti0$/,
  netrom: /^nr[0-3]$/,
  rose: /^rose[0-9]$/,
  sch_teql: /^teql0$/,
  sit: /^sit0$/,
};

/** What is wrong with the runs under a list that blocks these modules, a sentence each. */
export function listFindings(
  outcomes: Outcome[],
  blocked: ReadonlySet<string>,
  cards: ReadonlySet<string>,
): string[] {
  return outcomes.flatMap((outcome) => [
    ...runFindings(outcome),
    ...outcome.trials.flatMap((trial) => intruders(outcome, trial, blocked)),
    ...outcome.trials.flatMap((trial) => strangers(trial, cards)),
  ]);
}

/** What is wrong with the runs themselves: every word must have been tried, mean a module, and come to an end. */
export function runFindings({ stage, trials }: Outcome): string[] {
  const tried = new Set(trials.flatMap(({ words }) => words));
  const missed = stage.words.filter((word) => !tried.has(word));
  const broken = trials.filter(({ status }) => status >= BROKEN);
  const unknown = trials.flatMap(({ said }) => said.flatMap((line) => UNKNOWN.exec(line)?.[1] ?? []));
  return [
    ...missed.map((word) => `${stage.name}: ${word} was not tried`),
    ...unknown.map((word) => `${stage.name}: ${word} means no module`),
    ...broken.map(({ status, words }) => `${stage.name}: exit status ${status} with ${shorten(words)}`),
  ];
}

/** What is wrong with the guest after these runs. */
export function stateFindings(
  { modules, interfaces }: GuestState,
  outcomes: Outcome[],
  blocked: ReadonlySet<string>,
): string[] {
  const seen = new Set(outcomes.flatMap(interfacesOf).map(({ name }) => name));
  return [
    ...(modules.length === 0 ? ['the guest does not say what is loaded'] : []),
    ...(interfaces.includes('lo') ? [] : ['the guest does not say which interfaces it has']),
    ...modules.filter((name) => blocked.has(name)).map((name) => `${name} is loaded`),
    ...interfaces
      .filter((name) => name !== 'lo' && !seen.has(name))
      .map((name) => `${name} is there and appeared in no run`),
  ];
}

/**
 * Modules that were asked for by name and that the list did not refuse, with what kmod said instead: where one beneath
 * finds no hardware, kmod never comes to the line that refuses.
 */
export function unrefused(outcomes: Outcome[]): Map<string, string> {
  const open = outcomes.filter(({ stage }) => stage.refused).flatMap(openWords);
  return new Map(open);
}

/** What is wrong with a simulated load: it must end at the list's command, and insert nothing that is blocked. */
export function simulationFindings(name: string, printed: string[], blocked: ReadonlySet<string>): string[] {
  const refused = printed.some((line) => line.trim() === `install ${REFUSE}`);
  return [
    ...(refused ? [] : [`the list does not refuse ${name}`]),
    ...inserted(printed)
      .filter((module) => blocked.has(module))
      .map((module) => `${name} would insert ${module}`),
  ];
}

function openWords(outcome: Outcome): [string, string][] {
  const found = new Map(refusals(outcome).map((refusal) => [refusal.name, refusal]));
  const open = outcome.stage.words.filter((word) => found.get(word)?.byList !== true);
  return open.map((word) => [word, found.get(word)?.reason ?? 'kmod said nothing']);
}

/** What the kernel should have asked modprobe for and did not: such a word was not really tried. */
export function unasked({ stage }: Outcome, asked: string[]): string[] {
  const missed = stage.words.filter((word) => !asked.some((line) => line.endsWith(` ${stage.asks}${word}`)));
  if (stage.asks === '') return [];
  return missed.map((word) => `${stage.name}: the kernel did not ask modprobe for ${stage.asks}${word}`);
}

/** Blocked modules that are not loaded although nothing forbade it, without a word of kmod why. */
export function unexplained(outcomes: Outcome[], wanted: ReadonlySet<string>): string[] {
  const loaded = new Set(outcomes.flatMap(loadedBy));
  const reasons = unloadable(outcomes, wanted);
  const open = [...wanted].filter((name) => !loaded.has(name) && !reasons.has(name));
  return open.map((name) => `${name} was not loaded, and nobody said why`);
}

/** What a way let in when nothing forbade it: blocked modules and interfaces. */
export function entries(outcome: Outcome, blocked: ReadonlySet<string>): number {
  const modules = loadedBy(outcome).filter((name) => blocked.has(name));
  return modules.length + interfacesOf(outcome).length;
}

/** Modules that this machine cannot load, and what kmod says of them. */
export function unloadable(outcomes: Outcome[], wanted: ReadonlySet<string>): Map<string, string> {
  const loaded = new Set(outcomes.flatMap(loadedBy));
  const kept = outcomes.flatMap(refusals).filter(({ name }) => wanted.has(name) && !loaded.has(name));
  return new Map(kept.map(({ name, reason }) => [name, reason]));
}

/** Blocked modules that stayed, and those that ran and found no hardware: both were let through. */
function intruders({ stage }: Outcome, trial: Trial, blocked: ReadonlySet<string>): string[] {
  const inside = new Set([...trial.modules, ...inserted(trial.printed)].filter((name) => blocked.has(name)));
  const how = `${stage.name}: ${stage.command} ${shorten(trial.words)}`;
  return [...inside].map((name) => `${name} was let in ${how}`);
}

/** Interfaces that no virtual module of the same run is known for, or that have something of a card. */
function strangers({ words, modules, interfaces }: Trial, cards: ReadonlySet<string>): string[] {
  const isKnown = ({ name, address, driver }: TrialInterface) =>
    driver === '' && !cards.has(address) && modules.some((module) => BORN_WITH[module]?.test(name));
  return interfaces
    .filter((found) => !isKnown(found))
    .map(({ name, driver }) => `${name} (driver ${driver || 'unknown'}) appeared with ${shorten(words)}`);
}

function shorten(words: string[]): string {
  return words.length <= SHOWN ? words.join(' ') : `${words.slice(0, SHOWN).join(' ')} ...`;
}
