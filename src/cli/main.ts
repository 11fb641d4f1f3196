import process from 'node:process';
import { describeFailure } from './failure.ts';
import { createParser } from './parser.ts';
import { formatFailure, useColours } from './style.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `macveil --help | head -1` closes the pipe early: that is the reader's right, not an error.
  if (error.code !== 'EPIPE') report(error);
  process.exit();
});

try {
  useColours(process.stdout);
  await (await createParser(process.argv.slice(2))).parseAsync();
} catch (error) {
  report(error);
}

function report(error: unknown): void {
  const failure = describeFailure(error);
  useColours(process.stderr);
  process.stderr.write(formatFailure(failure));
  process.exitCode = failure.exitCode;
}
