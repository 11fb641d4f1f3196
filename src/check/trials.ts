import { join } from 'node:path';
import type { KernelAnalysis } from '../modules/enumerate.ts';
import type { Finding } from './finding.ts';
import { type Place, simulate, type Workbench } from './simulate.ts';

/** What all trials have brought. */
export interface Trials {
  findings: Finding[];
  asked: number;
}

/** Tries every kernel in every place that has modules of it. */
export async function tryAll(
  places: Place[],
  kernels: KernelAnalysis[],
  bench: Workbench,
  onStep: (text: string) => void,
): Promise<Trials> {
  const trials: Trials = { findings: [], asked: 0 };
  for (const place of places) {
    for (const kernel of kernels.filter(({ release }) => place.modules.has(release))) {
      onStep(`trying every way to load a blocked module in ${place.tree.show('')}`);
      const scratch = join(bench.scratch, `${places.indexOf(place)}-${kernel.release}`);
      const { findings, asked } = await simulate(place, kernel, { ...bench, scratch });
      trials.findings.push(...findings);
      trials.asked += asked;
    }
  }
  return trials;
}
