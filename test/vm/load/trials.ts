import { REFUSE } from '../../../src/core/block-lines.ts';
import { moduleName } from '../../../src/modules/module-facts.ts';
import type { Stage } from './stages.ts';

/** An interface as try.sh shows it; `driver` is '' for one without a device. */
export interface TrialInterface {
  name: string;
  address: string;
  driver: string;
}

/** One run of a command in the guest, and what was new after it. */
export interface Trial {
  status: number;
  words: string[];
  /** Standard output. */
  printed: string[];
  /** Standard error. */
  said: string[];
  modules: string[];
  interfaces: TrialInterface[];
}

/** What came of a stage, run by run. */
export interface Outcome {
  stage: Stage;
  trials: Trial[];
  seconds: number;
}

/** Reads what try.sh printed about the runs of one stage; throws for a line that is none of its own. */
export function parseTrials(stage: Stage, output: string): Trial[] {
  const trials: Trial[] = [];
  for (const line of output.split('\n').filter((text) => text !== '')) {
    const [word = '', ...rest] = line.split(' ');
    if (word === 'tried') trials.push(newTrial(stage, rest));
    else if (!addLine(trials.at(-1), word, rest)) throw new Error(`${stage.name}: unreadable line "${line}"`);
  }
  return trials;
}

/** Modules that a stage brought in. */
export function loadedBy({ trials }: Outcome): string[] {
  return trials.flatMap(({ modules }) => modules);
}

/** Interfaces that a stage brought. */
export function interfacesOf({ trials }: Outcome): TrialInterface[] {
  return trials.flatMap(({ interfaces }) => interfaces);
}

/** Modules that `modprobe -v` was about to insert, by name, whether they stayed or not (kmod, tools/modprobe.c). */
export function inserted(printed: string[]): string[] {
  const files = printed.flatMap((line) => /^insmod (\S+)/.exec(line)?.[1] ?? []);
  return files.map(moduleName);
}

/** A module that kmod did not insert: why, and whether it was an `install` line that kept it, or one beneath it, out. */
export interface Refusal {
  name: string;
  reason: string;
  byList: boolean;
}

const REFUSED = /could not insert '([^']+)': (.+)$/;
const BY_LIST = `Error running install command '${REFUSE}' for module `;

/** What kmod says of modules that it does not insert; the error of an `install` line stands right before (kmod, tools/modprobe.c). */
export function refusals({ trials }: Outcome): Refusal[] {
  return trials.flatMap(({ said }) =>
    said.flatMap((line, at) => {
      const [, name, reason] = REFUSED.exec(line) ?? [];
      if (name === undefined || reason === undefined) return [];
      return [{ name, reason, byList: said[at - 1]?.includes(BY_LIST) === true }];
    }),
  );
}

function newTrial({ command }: Stage, [status, ...words]: string[]): Trial {
  const own = words.slice(command.split(' ').length);
  return { status: Number(status), words: own, printed: [], said: [], modules: [], interfaces: [] };
}

function addLine(trial: Trial | undefined, word: string, rest: string[]): boolean {
  const [name = '', address = '', driver = ''] = rest;
  if (word === 'printed') trial?.printed.push(rest.join(' '));
  else if (word === 'said') trial?.said.push(rest.join(' '));
  else if (word === 'module') trial?.modules.push(name);
  else if (word === 'interface') trial?.interfaces.push({ name, address, driver });
  else return false;
  return trial !== undefined;
}
