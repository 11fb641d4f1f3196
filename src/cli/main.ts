import process from 'node:process';
import { describeFailure } from './failure.ts';
import { createParser } from './parser.ts';
import { formatFailure, useColours } from './style.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `macveil --help | head -1` closes the pipe early: that is the reader's right, not an error.
  if (error.code !== 'EPIPE') report(error);
  process.exit();
});

// Node would end with 1 or 13, which mean something else here.
let isDone = false;
process.on('uncaughtException', (error) => {
  report(error);
  process.exit();
});
process.on('beforeExit', () => {
  if (!isDone) report(new Error('the command waits for something that nothing will bring'));
});

// Not awaited: the executable is a CommonJS bundle, which knows no await outside of functions.
void run();

async function run(): Promise<void> {
  try {
    useColours(process.stdout);
    await (await createParser(process.argv.slice(2))).parseAsync();
  } catch (error) {
    report(error);
  }
  isDone = true;
}

function report(error: unknown): void {
  const failure = describeFailure(error);
  useColours(process.stderr);
  process.stderr.write(formatFailure(failure));
  process.exitCode = failure.exitCode;
}
