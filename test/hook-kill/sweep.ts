import { resolve } from 'node:path';
import type { Sweep, Trial } from './trial.ts';
import { runInWorld } from './world.ts';

/** A trial mostly waits for the kernel to take its card away, so that several go side by side, each in a world of its own. */
const WORLDS = 6;

/** Kills a program at each of its system calls, each time on a new card; the runs that count come with the result. */
export async function killEverywhere(program: string, sweep: Sweep): Promise<Trial[]> {
  const firsts = Array.from({ length: WORLDS }, (_, at) => String(at + 1));
  const args = (first: string) => [resolve(program), sweep, first, String(WORLDS)];
  const trials = await Promise.all(firsts.map((first) => runInWorld<Trial>('trials', args(first))));
  return trials.flat();
}
