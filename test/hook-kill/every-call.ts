import process from 'node:process';

/** More calls than the hook makes: a program that never ends must not be waited for. */
const MOST_CALLS = 3000;
/** Runs differ by some calls (how often a program's output is read): as many trials in a row must find no call to be killed at. */
const BEYOND_THE_END = 3;

/** What every trial tells: the call it was killed at (null in the run that counts), and whether it was. */
export interface Struck {
  at: number | null;
  struck: boolean;
  /** The calls of the run that counts, by name. */
  calls: string;
}

/** Undisturbed once, then killed at every `step`-th call from `first` on until there is none; one JSON line a trial. */
export function killAtEveryCall(first: number, step: number, trial: (at: number | null) => Struck): void {
  report(trial(null));
  let beyond = 0;
  for (let at = first; at <= MOST_CALLS && beyond < BEYOND_THE_END; at += step) {
    const one = trial(at);
    report(one);
    beyond = one.struck ? 0 : beyond + 1;
  }
}

/** The fault of a trial. */
export function faultAt(at: number | null): string {
  return at === null ? 'count' : `kill-at=${at}`;
}

/** What the injector's log tells of a trial. */
export function struckBy(at: number | null, log: string): Struck {
  return { at, struck: log.includes('applied '), calls: at === null ? log.trim() : '' };
}

function report(one: Struck): void {
  process.stdout.write(`${JSON.stringify(one)}\n`);
}
