import type { Enumeration, KernelModules } from './enumerate.ts';
import { compare } from './tree.ts';

/** A short table by class of each kernel, and every problem, for people. */
export function formatSummary({ kernels }: Enumeration): string {
  return kernels.map(formatKernel).join('\n');
}

function formatKernel({ release, total, modules, problems }: KernelModules): string {
  const blocked = modules.filter((module) => module.blocked).length;
  const rows = countByClass(modules).map(([name, count]) => {
    const verdict = modules.find((module) => module.class === name)?.blocked ? 'blocked' : 'not blocked';
    return `  ${name.padEnd(16)}${String(count).padStart(5)}  ${verdict}\n`;
  });
  const warnings = problems.map(({ path, problem }) => `  warning: ${path}: ${problem}; blocked unread\n`);
  return [`${release}: ${total} modules read, ${blocked} blocked\n`, ...rows, ...warnings].join('');
}

function countByClass(modules: KernelModules['modules']): [string, number][] {
  const counts = new Map<string, number>();
  for (const { class: name } of modules) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || compare(a, b));
}
