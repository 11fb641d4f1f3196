import { kernelTree } from '../../build/kernels/kernel-tree.mjs';
import { analyseRoot, type KernelAnalysis } from '../../src/modules/enumerate.ts';

/** A downloaded kernel and what macveil makes of it. */
export interface RealKernel {
  name: string;
  root: string;
  kernel: KernelAnalysis;
}

/** Reads kernels one after the other; a test file does so before its first suite runs, since uvu counts what is registered in one go. */
export async function readKernels(names: string[]): Promise<RealKernel[]> {
  const kernels: RealKernel[] = [];
  for (const name of names) {
    const root = await kernelTree(name);
    const [kernel] = (await analyseRoot(root)).kernels;
    if (kernel === undefined) throw new Error(`${root} holds no kernel`);
    kernels.push({ name, root, kernel });
  }
  return kernels;
}
