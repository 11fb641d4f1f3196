import { execa } from 'execa';
import { CliError, EXIT } from '../cli/errors.ts';
import { parseAnswers } from './answers.ts';
import { batches } from './batches.ts';
import { KMOD_ENVIRONMENT, type Kmod } from './kmod.ts';
import { MARK, type Stage } from './stage.ts';

/** Each query is followed by the mark; every argument also costs its end and a pointer (execve(2)). */
const COST = MARK.length + 2 * 9;
/** A batch of 128 KiB that inserts a hundred modules for each query prints less. */
const OUTPUT_LIMIT = 256 * 1024 * 1024;

/** As whom modprobe is asked: a person or script, or udev, for which `blacklist` lines count. */
export type Asker = 'person' | 'udev';

/** The modules that modprobe would insert for each query; throws a CliError when it does not answer them all. */
export async function askModprobe(
  kmod: Kmod,
  stage: Stage,
  asker: Asker,
  queries: string[],
): Promise<string[][]> {
  const answers: string[][] = [];
  for (const batch of batches(queries, COST)) answers.push(...(await askBatch(kmod, stage, asker, batch)));
  return answers;
}

async function askBatch(kmod: Kmod, stage: Stage, asker: Asker, batch: string[]): Promise<string[][]> {
  const [program = '', ...start] = kmod.command;
  const asked = batch.flatMap((query) => [query, MARK]);
  const { stdout, stderr } = await execa(program, [...start, ...options(stage, asker), '--', ...asked], {
    env: KMOD_ENVIRONMENT,
    maxBuffer: OUTPUT_LIMIT,
    // Its exit code only says that one of thousands of names was not found.
    reject: false,
    stdin: 'ignore',
  });
  const answers = parseAnswers(stdout, batch.length);
  if (answers !== null) return answers;
  throw new CliError(
    EXIT.tool,
    `${kmod.label} did not answer all of ${batch.length} questions: ${stderr.split('\n')[0] || 'no message'}`,
    'try the same by hand: modprobe -D -a -S RELEASE -d ROOT NAME',
  );
}

// -D is -n -v for modules that this host has loaded as well: with -n alone they are passed over (measured).
function options({ release, directory, config }: Stage, asker: Asker): string[] {
  const places = config.flatMap((place) => ['-C', place]);
  return ['-q', '-D', '-a', ...(asker === 'udev' ? ['-b'] : []), '-S', release, '-d', directory, ...places];
}
