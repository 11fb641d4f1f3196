import { test } from 'uvu';
import { KERNEL_CACHE } from '../../build/kernels/cache.mjs';
import { kernelTree } from '../../build/kernels/kernel-tree.mjs';
import { MissingError, missingReason } from '../../build/kernels/missing.mjs';
import { analyseRoot, type KernelAnalysis } from '../../src/modules/enumerate.ts';
import { skipTest } from '../skip.ts';

/** A downloaded kernel and what macveil makes of it. */
export interface RealKernel {
  name: string;
  root: string;
  kernel: KernelAnalysis;
}

/**
 * The folder of something that build/kernels.mjs makes; a file that asks names it in its line `needs:`, so that it is there
 * by now. What the archive does not offer is undefined, and one skipped test of uvu's unnamed suite, which the file runs.
 */
export async function findProduct(name: string): Promise<string | undefined> {
  try {
    // Tried just now, before the tests began, and perhaps by someone who could give sudo a password.
    const reason = missingReason(KERNEL_CACHE, name);
    if (reason) throw new MissingError(reason);
    return await kernelTree(name);
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    skipTest(test, `tests of ${name}`, error.message);
    return undefined;
  }
}

/**
 * Reads kernels one after the other, but for those that the archive does not offer; a test file does so before its first suite
 * runs, since uvu counts what is registered in one go.
 */
export async function readKernels(names: string[]): Promise<RealKernel[]> {
  const kernels: RealKernel[] = [];
  for (const name of names) {
    const root = await findProduct(name);
    if (root !== undefined) kernels.push({ name, root, kernel: await readKernel(root) });
  }
  return kernels;
}

async function readKernel(root: string): Promise<KernelAnalysis> {
  const [kernel] = (await analyseRoot(root)).kernels;
  if (kernel === undefined) throw new Error(`${root} holds no kernel`);
  return kernel;
}
