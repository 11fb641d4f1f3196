// Runs the tests: node build/test.mjs [--full] [FILE or FOLDER ...]; without paths the linters too, one test each.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runLinters } from './lint/run.mjs';
import { findNeeds } from './test/needs.mjs';
import { stopOnInterrupt } from './test/process.mjs';
import { BUNDLES, PRODUCTS } from './test/products.mjs';
import { printResult, printSummary } from './test/report.mjs';
import { inParallel, runFile } from './test/run-file.mjs';
import { isVmTest, selectTests } from './test/select.mjs';
import { runStep } from './test/step.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
stopOnInterrupt();
const results = [];
const note = (result) => {
  results.push(result);
  printResult(result);
};

const { full, paths } = readArguments(process.argv.slice(2));
const { files, products } = selectOrExit(paths, full);
for (const step of [BUNDLES, ...products]) note(await runStep(step));
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
    const files = selectTests(paths, full);
    return { files, products: findNeeds(files, Object.keys(PRODUCTS)).map((name) => PRODUCTS[name]) };
  } catch (error) {
    return usageError(error.message);
  }
}

function usageError(message) {
  console.error(`${message}\nusage: node build/test.mjs [--full] [FILE or FOLDER ...]`);
  process.exit(2);
}
