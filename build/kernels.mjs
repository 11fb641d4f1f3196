// Makes what tests need of real kernels, unless it is there, and renews what is on record of them.
import { parseArgs } from 'node:util';
import { BuildError } from './image/build-error.mjs';
import { makeProgress } from './image/progress.mjs';
import { stopOnSignals as stopRunOnSignals } from './image/run.mjs';
import { makeProduct } from './kernels/cache.mjs';
import { compareMethods, writePage } from './kernels/comparison.mjs';
import { analyseTree } from './kernels/enumeration.mjs';
import { GOLDEN_KERNELS, writeGolden } from './kernels/golden.mjs';
import { kernelTree } from './kernels/kernel-tree.mjs';
import { PRODUCTS } from './kernels/products.mjs';
import { stopOnSignals } from './kernels/program.mjs';
import { KERNELS } from './kernels/recipe.mjs';

const USAGE = `usage: node build/kernels.mjs [NAME ...] | --golden | --comparison
  NAME          make it in .cache/kernels: ${Object.keys(PRODUCTS).join(', ')}; all without a name
  --golden      put today's verdicts on record in test/golden
  --comparison  put today's figures into docs/comparison.md`;

const step = makeProgress('kernels');
process.chdir(new URL('..', import.meta.url).pathname);
try {
  await main(options());
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`kernels: ${error.message}\n  ${error.hint}`);
  process.exitCode = 1;
}

function options() {
  const flag = { type: 'boolean', default: false };
  const options = { golden: flag, comparison: flag, locked: flag };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { ...values, names: positionals.length > 0 ? positionals : Object.keys(PRODUCTS) };
  } catch (error) {
    throw new BuildError(error.message, USAGE);
  }
}

async function main({ golden, comparison, locked, names }) {
  if (golden) return renewGolden();
  if (comparison) return renewComparison();
  for (const name of names) {
    // Under the lock this process was started by another one, which reports.
    if (locked) await make(name);
    else console.log(`kernels: ${name} is in ${await kernelTree(name)}`);
  }
}

async function make(name) {
  stopOnSignals();
  stopRunOnSignals();
  await makeProduct(name, PRODUCTS[name], step);
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
