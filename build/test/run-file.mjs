import { performance } from 'node:perf_hooks';
import { bundleFile } from '../lib/esbuild.mjs';
import { countTests } from './counts.mjs';
import { runGroup } from './process.mjs';
import { isFullTest, isKernelTest, isVmTest } from './select.mjs';

/**
 * Time limits of one test file. A unit file takes seconds; one of test/kernels reads six kernels, which takes a minute; a VM file
 * boots several machines, each near a minute without KVM; a full one may build everything several times.
 */
const LIMIT_MS = 180_000;
const KERNEL_LIMIT_MS = 600_000;
const LONG_LIMIT_MS = 1_800_000;

/** Bundles one test file and runs it in a Node of its own. */
export async function runFile(file) {
  const start = performance.now();
  const outfile = `.cache/tests/${file.replace(/\.ts$/, '.mjs')}`;
  const run = (await bundleProblem(file, outfile)) ?? (await runGroup('node', [outfile], limitOf(file)));
  return { name: file, output: run.output, seconds: (performance.now() - start) / 1000, ...countTests(run) };
}

/** Runs `work` on every item, at most `width` at a time, and hands each result on as soon as it is there. */
export async function inParallel(items, width, work, onResult) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) onResult(await work(item));
  };
  await Promise.all(Array.from({ length: width }, worker));
}

async function bundleProblem(file, outfile) {
  try {
    await bundleFile({ entryPoints: [file], packages: 'external', sourcemap: 'inline' }, outfile);
    return null;
  } catch (error) {
    return { output: `${error.message}\n`, exitCode: 1, problem: 'could not be bundled' };
  }
}

function limitOf(file) {
  if (isVmTest(file) || isFullTest(file)) return LONG_LIMIT_MS;
  return isKernelTest(file) ? KERNEL_LIMIT_MS : LIMIT_MS;
}
