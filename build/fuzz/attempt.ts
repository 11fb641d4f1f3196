import type { Case } from './target.ts';

/** How a run ended: '' or what the parser threw, and how much of the processor's time it took. */
export interface Outcome {
  problem: string;
  milliseconds: number;
}

/** A run that takes long is done again: the engine may have collected garbage or compiled in that time. */
const REPEATS = 3;

/**
 * Gives an input to its parser, again if that takes longer than `limit`; the shortest time counts. It is the time of this
 * program on the processor, so that others on the machine do not count; a run that waits for ever is for others to see.
 */
export async function attempt({ target, input }: Case, limit: number): Promise<Outcome> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REPEATS && shortest > limit; i++) {
    const start = process.cpuUsage();
    const problem = await problemOf(async () => target.run(Buffer.from(input)));
    const { user, system } = process.cpuUsage(start);
    shortest = Math.min(shortest, (user + system) / 1000);
    if (problem !== '') return { problem, milliseconds: shortest };
  }
  const slow = `took ${Math.round(shortest)} ms, ${limit} at most`;
  return { problem: shortest > limit ? slow : '', milliseconds: shortest };
}

async function problemOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return '';
  } catch (error) {
    return error instanceof Error ? (error.stack ?? String(error)) : String(error);
  }
}
