import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { CliError, EXIT } from '../cli/errors.ts';
import { type Answer, type Evaluation, isolatedProgram, type Unlinked } from './isolated.ts';

/** Far more than a list of names takes to write down; a configuration that waits for ever must not hold up a build. */
const LIMIT_MS = 60_000;

/**
 * Runs a configuration in a thread of its own: what it prints goes to standard error, since standard output is the list;
 * it cannot end the command, nor fail after it was read. Throws a CliError for one that fails or never comes to its end.
 */
export async function evaluate(file: string, url: string, limit = LIMIT_MS): Promise<Evaluation | Unlinked> {
  const worker = new Worker(isolatedProgram(), { eval: true, workerData: { url }, stdout: true });
  worker.stdout.pipe(process.stderr, { end: false });
  try {
    const answer = await answerOf(worker, file, limit);
    if ('failure' in answer) throw unfit(file, `cannot be loaded: ${answer.failure}`);
    return answer;
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, file: string, limit: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(unfit(file, `does not come to its end in ${limit / 1000} seconds`));
    const timer = setTimeout(late, limit);
    worker.once('message', resolve);
    worker.once('error', (error) => resolve({ failure: wordsOf(error) }));
    // Only after all it has sent.
    worker.once('exit', () =>
      reject(
        unfit(file, 'ended before it exported anything (process.exit, or a promise that is never kept)'),
      ),
    );
    worker.once('exit', () => clearTimeout(timer));
  });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unfit(file: string, what: string): CliError {
  return new CliError(EXIT.input, `${file} ${what}`, 'correct the configuration');
}
