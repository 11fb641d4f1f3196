import { CliError, EXIT } from '../cli/errors.ts';
import { parseAnswers } from './answers.ts';
import { batches } from './batches.ts';
import { HOST_ONLY } from './cures.ts';
import type { Kmod } from './kmod.ts';
import { type RunLimits, runLimited } from './run-limited.ts';
import type { Stage } from './stage.ts';

/** Each query is followed by the mark; every argument also costs its end and a pointer (execve(2)). */
const COST = 2 * 9;
/** A batch of 128 KiB that inserts a hundred modules for each query prints less; on Debian's kernels it takes a tenth of a second. */
const LIMITS: RunLimits = { milliseconds: 60_000, bytes: 256 * 1024 * 1024 };

/** As whom modprobe is asked: a person or script, or udev, for which `blacklist` lines count. */
export type Asker = 'person' | 'udev';

/** The modules that modprobe would insert for each query; throws a CliError when it does not answer them all. */
export async function askModprobe(
  kmod: Kmod,
  stage: Stage,
  asker: Asker,
  queries: string[],
  limits = LIMITS,
): Promise<string[][]> {
  const answers: string[][] = [];
  for (const batch of batches(queries, COST + stage.mark.query.length))
    answers.push(...(await askBatch(kmod, stage, asker, batch, limits)));
  return answers;
}

async function askBatch(
  kmod: Kmod,
  stage: Stage,
  asker: Asker,
  batch: string[],
  limits: RunLimits,
): Promise<string[][]> {
  const { mark } = stage;
  const asked = batch.flatMap((query) => [query, mark.query]);
  const call = [...kmod.command, ...options(stage, asker), '--', ...asked];
  const { stdout, stderr, timedOut } = await runLimited(call, limits);
  const answers = parseAnswers(stdout, batch.length, mark.line);
  if (answers !== null) return answers;
  const why = timedOut ? `not within ${limits.milliseconds / 1000} s` : stderr.split('\n')[0] || 'no message';
  throw new CliError(
    EXIT.tool,
    `${kmod.label} did not answer all of ${batch.length} questions: ${why}`,
    kmod.own ? HOST_ONLY : 'try the same by hand: modprobe -D -a -S RELEASE -d ROOT NAME',
  );
}

// -D is -n -v for modules that this host has loaded as well: with -n alone they are passed over (measured).
function options({ release, directory, config }: Stage, asker: Asker): string[] {
  const places = config.flatMap((place) => ['-C', place]);
  return ['-q', '-D', '-a', ...(asker === 'udev' ? ['-b'] : []), '-S', release, '-d', directory, ...places];
}
