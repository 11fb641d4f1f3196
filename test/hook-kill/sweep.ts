import { resolve } from 'node:path';
import type { Struck } from './every-call.ts';
import type { Sweep, Trial, UnblockTrial } from './trial.ts';
import { runInWorld } from './world.ts';

/** A trial mostly waits for the kernel to take its card away, so that several go side by side, each in a world of its own. */
const WORLDS = 6;

/** Kills a program, called as net-add, at each of its system calls, each time on a new card. */
export function killEverywhere(program: string, sweep: Sweep): Promise<Trial[]> {
  return inWorlds('trials', [resolve(program), sweep]);
}

/** Kills a program, called as unblock, at each of its system calls, each time before anything was unblocked. */
export function killUnblockEverywhere(program: string): Promise<UnblockTrial[]> {
  return inWorlds('unblocks', [resolve(program)]);
}

/** The runs that count come with the result, one a world. */
async function inWorlds<Found>(name: 'trials' | 'unblocks', args: string[]): Promise<Found[]> {
  const firsts = Array.from({ length: WORLDS }, (_, at) => String(at + 1));
  const run = (first: string) => runInWorld<Found>(name, [...args, first, String(WORLDS)]);
  return (await Promise.all(firsts.map(run))).flat();
}

/** The calls of the shortest undisturbed run. */
export function callsOf(trials: Struck[]): string[] {
  const runs = trials.filter(({ at }) => at === null).map(({ calls }) => calls.split(' ').slice(2));
  return runs.reduce((shortest, one) => (one.length < shortest.length ? one : shortest));
}

/** Numbers of the calls at which nothing was killed, of those that every run made. */
export function spared(trials: Struck[]): number[] {
  const killed = new Set(trials.filter(({ struck }) => struck).map(({ at }) => at));
  const absent = trials.flatMap(({ at, struck }) => (at === null || struck ? [] : [at]));
  return callsOf(trials)
    .map((_, at) => at + 1)
    .filter((at) => !killed.has(at) && at < Math.min(...absent));
}

/** Where a trial's program was killed, in words. */
export function placeOf({ at }: Struck, calls: string[]): string {
  return at === null ? 'not killed' : `killed at call ${at} (${calls[at - 1] ?? 'none'})`;
}
