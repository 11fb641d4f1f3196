import { CLI_BUNDLE } from '../bundle.mjs';
import { runAttached, runGroup } from './process.mjs';

/** A Debian root, its initramfs and the packing take a minute or two; the slowest mirrors several. */
const LIMIT_MS = 900_000;

/** What VM tests boot, made in two steps that each count as a test: nothing about them may fail unnoticed. */
export const DEMO_IMAGE = [
  { name: 'build: dist/macveil-hook', args: [CLI_BUNDLE, 'compile'], run: runGroup },
  // sudo asks for the password on the terminal.
  { name: 'build: demo image', args: ['build/image.mjs'], run: runAttached },
];

/** Runs one step; its result has the form of a test file's. */
export async function runStep({ name, args, run }) {
  const start = performance.now();
  const { output, exitCode, problem } = await run(process.execPath, args, LIMIT_MS);
  const failed = exitCode === 0 ? 0 : 1;
  const seconds = (performance.now() - start) / 1000;
  return { name, passed: 1 - failed, failed, skipped: 0, reasons: [], output, why: problem, seconds };
}
