import type { KernelAnalysis } from '../modules/enumerate.ts';
import { moduleName } from '../modules/module-facts.ts';
import { REBUILD } from './cures.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { someOf } from './some-of.ts';

/** Kernels and modules of an initrd that its root does not have: nobody has judged them. */
export function initrdModuleFindings(
  initrd: FileTree,
  inside: ReadonlyMap<string, string[]>,
  kernels: KernelAnalysis[],
): Finding[] {
  return [...inside].flatMap(([release, paths]) => {
    const where = initrd.show(`lib/modules/${release}`);
    const kernel = kernels.find((candidate) => candidate.release === release);
    if (kernel === undefined)
      return [changed(`kernel ${release} is in the initrd and not in the root`, where)];
    const known = new Set(kernel.facts.map(({ name }) => name));
    const strange = paths.filter((path) => !known.has(moduleName(path)));
    if (strange.length === 0) return [];
    return [
      changed(`${release}: modules in the initrd that the root does not have: ${someOf(strange)}`, where),
    ];
  });
}

function changed(what: string, where: string): Finding {
  return { kind: 'changed', what, where, cure: REBUILD };
}
