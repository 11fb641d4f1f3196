// Makes what tests need of real kernels, unless it is there, and renews what is on record of them.
import { parseArgs } from 'node:util';
import { BuildError } from './image/build-error.mjs';
import { makeProgress } from './image/progress.mjs';
import { stopOnSignals as stopRunOnSignals } from './image/run.mjs';
import { KERNEL_CACHE, makeProduct } from './kernels/cache.mjs';
import { compareMethods, writePage } from './kernels/comparison.mjs';
import { analyseTree } from './kernels/enumeration.mjs';
import { GOLDEN_KERNELS, writeGolden } from './kernels/golden.mjs';
import { kernelTree } from './kernels/kernel-tree.mjs';
import { EXIT_MISSING, MissingError, recordMissing } from './kernels/missing.mjs';
import { PRODUCTS } from './kernels/products.mjs';
import { stopOnSignals } from './kernels/program.mjs';
import { KERNELS } from './kernels/recipe.mjs';

const USAGE = `usage: node build/kernels.mjs [NAME ...] | --golden | --comparison
  NAME          make it in .cache/kernels: ${Object.keys(PRODUCTS).join(', ')}; all without a name
  --golden      put today's verdicts on record in test/golden
  --comparison  put today's figures into docs/comparison.md
exit code ${EXIT_MISSING}: the archive of this host does not offer what is wanted`;

const step = makeProgress('kernels');
process.chdir(new URL('..', import.meta.url).pathname);
try {
  await main(options());
} catch (error) {
  fail(error);
}

function fail(error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`kernels: ${error.message}\n  ${error.hint}`);
  process.exitCode = error instanceof MissingError ? EXIT_MISSING : 1;
}

function options() {
  const flag = { type: 'boolean', default: false };
  const options = { golden: flag, comparison: flag, locked: flag };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    refuseMixture(values, positionals);
    return { ...values, names: positionals.length > 0 ? positionals : Object.keys(PRODUCTS) };
  } catch (error) {
    throw new BuildError(error.message, USAGE);
  }
}

function refuseMixture({ golden, comparison }, names) {
  if ([golden, comparison, names.length > 0].filter(Boolean).length > 1)
    throw new Error('names, --golden and --comparison are given one at a time');
}

async function main({ golden, comparison, locked, names }) {
  if (golden) return renewGolden();
  if (comparison) return renewComparison();
  for (const name of names) await (locked ? makeForAnother(name) : makeAndReport(name));
}

async function makeAndReport(name) {
  try {
    console.log(`kernels: ${name} is in ${await kernelTree(name)}`);
  } catch (error) {
    // The others can be there all the same.
    if (!(error instanceof MissingError)) throw error;
    fail(error);
  }
}

/** Under the lock this process was started by another one, which reports what the archive lacks. */
async function makeForAnother(name) {
  stopOnSignals();
  stopRunOnSignals();
  try {
    await recordMissing(KERNEL_CACHE, name, () => makeProduct(name, PRODUCTS[name], step));
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    process.exitCode = EXIT_MISSING;
  }
}

async function renewGolden() {
  for (const name of GOLDEN_KERNELS) writeGolden(name, await analyseTree(await kernelTree(name)));
}

async function renewComparison() {
  const comparisons = [];
  for (const name of Object.keys(KERNELS)) {
    const root = await kernelTree(name);
    comparisons.push(await step(name, async () => compareMethods(name, root, await analyseTree(root))));
  }
  writePage(comparisons);
}
