// Runs the tests: node build/test.mjs [--full] [FILE or FOLDER ...]; without paths the linters too, one test each.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundleCli } from './bundle.mjs';
import { runLinters } from './lint/run.mjs';
import { DEMO_IMAGE, runStep } from './test/demo-image.mjs';
import { KERNELS } from './test/kernels.mjs';
import { stopOnInterrupt } from './test/process.mjs';
import { printResult, printSummary } from './test/report.mjs';
import { inParallel, runFile } from './test/run-file.mjs';
import { isKernelTest, isVmTest, selectTests } from './test/select.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
stopOnInterrupt();
const results = [];
const note = (result) => {
  results.push(result);
  printResult(result);
};

const { full, paths } = readArguments(process.argv.slice(2));
const files = selectOrExit(paths, full);
note(await buildResult());
if (files.some(isVmTest)) for (const step of DEMO_IMAGE) note(await runStep(step));
if (files.some(isKernelTest)) for (const step of KERNELS) note(await runStep(step));
if (paths.length === 0) runLinters(note);
await inParallel(
  files.filter((file) => !isVmTest(file)),
  availableParallelism(),
  runFile,
  note,
);
// A machine without KVM has one processor, so that as many as there are here do not slow each other down.
await inParallel(files.filter(isVmTest), availableParallelism(), runFile, note);
process.exitCode = printSummary(results) ? 0 : 1;

function readArguments(args) {
  const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--full');
  if (unknown) usageError(`unknown option ${unknown}`);
  return { full: args.includes('--full'), paths: args.filter((arg) => !arg.startsWith('-')) };
}

function selectOrExit(paths, full) {
  try {
    return selectTests(paths, full);
  } catch (error) {
    return usageError(error.message);
  }
}

function usageError(message) {
  console.error(`${message}\nusage: node build/test.mjs [--full] [FILE or FOLDER ...]`);
  process.exit(2);
}

// The command line is tested as users run it, from its bundle; one that cannot be built is a failure of its own.
async function buildResult() {
  const name = 'build: dist/macveil.mjs';
  try {
    await bundleCli();
    return { name, passed: 1, failed: 0, skipped: 0, reasons: [], output: '', why: '' };
  } catch (error) {
    return {
      name,
      passed: 0,
      failed: 1,
      skipped: 0,
      reasons: [],
      output: `${error.message}\n`,
      why: 'does not build',
    };
  }
}
