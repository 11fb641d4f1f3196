import { resolve } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import type { Sweep, Trial } from './trial.ts';

const TRIALS = '.cache/hook-kill/trials.mjs';
const LIMIT_MS = 150_000;

/** A trial mostly waits for the kernel to take its card away, so that several go side by side, each in a world of its own. */
const WORLDS = 6;

/** Kills a program at each of its system calls, each time on a new card; the runs that count come with the result. */
export async function killEverywhere(program: string, sweep: Sweep): Promise<Trial[]> {
  const firsts = Array.from({ length: WORLDS }, (_, at) => at + 1);
  const trials = await Promise.all(firsts.map((first) => trialsFrom(first, resolve(program), sweep)));
  return trials.flat();
}

async function trialsFrom(first: number, program: string, sweep: Sweep): Promise<Trial[]> {
  const command = [process.execPath, TRIALS, program, sweep, String(first), String(WORLDS)];
  const { stdout } = await execa('sh', ['test/hook-kill/world.sh', ...command], { timeout: LIMIT_MS });
  return stdout.split('\n').map((line) => JSON.parse(line) as Trial);
}

/** Makes the program that runs in the world. */
export async function buildTrials(): Promise<void> {
  const entryPoints = ['test/hook-kill/trials.ts'];
  await build({
    entryPoints,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile: TRIALS,
    logLevel: 'silent',
  });
}
