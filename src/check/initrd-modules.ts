import type { KernelAnalysis } from '../modules/enumerate.ts';
import { moduleName } from '../modules/module-facts.ts';
import { REBUILD } from './cures.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { someOf } from './some-of.ts';

/** A new initrd of the same kernel would be no better: its root has none. */
const KERNEL_GONE =
  'delete this initrd if its kernel was removed; else install that kernel in the root, then run macveil install --root again';

/** Kernels and modules of an initrd that its root does not have: nobody has judged them. */
export function initrdModuleFindings(
  initrd: FileTree,
  inside: ReadonlyMap<string, string[]>,
  kernels: KernelAnalysis[],
): Finding[] {
  return [...inside].flatMap(([release, paths]) => {
    if (paths.length === 0) return [];
    const where = initrd.show(`lib/modules/${release}`);
    const kernel = kernels.find((candidate) => candidate.release === release);
    if (kernel === undefined)
      return [changed(`kernel ${release} is in the initrd and not in the root`, where, KERNEL_GONE)];
    const known = new Set(kernel.facts.map(({ name }) => name));
    const strange = paths.filter((path) => !known.has(moduleName(path)));
    if (strange.length === 0) return [];
    return [
      changed(`${release}: modules in the initrd that the root does not have: ${someOf(strange)}`, where),
    ];
  });
}

function changed(what: string, where: string, cure = REBUILD): Finding {
  return { kind: 'changed', what, where, cure };
}
