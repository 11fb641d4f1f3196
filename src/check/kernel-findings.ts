import type { Enumeration, KernelModules } from '../modules/enumerate.ts';
import { openBuiltins } from '../modules/review.ts';
import type { Finding } from './finding.ts';

/** Built-in drivers that the image does not accept: no list can keep them from making interfaces. */
export function builtinFindings(enumeration: Enumeration): Finding[] {
  const open = openBuiltins(enumeration).map(({ name, release, alias, reason }) => ({
    kind: 'builtin' as const,
    what: `the driver ${name} is built into kernel ${release} and cannot be blocked (${alias}: ${reason})`,
    where: `/lib/modules/${release}/modules.builtin`,
    cure: `use a kernel with it as a module, or accept it: macveil install --accept-builtin ${name}`,
    subject: name,
  }));
  return [...open, ...enumeration.kernels.flatMap(unknownDrivers)];
}

function unknownDrivers({ release, builtinProblem }: KernelModules): Finding[] {
  if (builtinProblem === '') return [];
  const what = `the built-in drivers of ${release} are not all known: ${builtinProblem}`;
  const where = `/lib/modules/${release}`;
  return [{ kind: 'builtin', what, where, cure: 'install the kernel package again' }];
}

/** Modules of which nothing is known: they are blocked, and yet nobody can say what they are. */
export function unreadableFindings({ release, problems }: KernelModules): Finding[] {
  return problems.map(({ path, problem }) => ({
    kind: 'unreadable',
    what: `the module ${path} of ${release} cannot be read: ${problem}`,
    where: `/lib/modules/${release}/${path}`,
    cure: 'install the kernel package again, or remove the file and run depmod',
    subject: path,
  }));
}
