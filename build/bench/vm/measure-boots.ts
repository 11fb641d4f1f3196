import { bootToSysinit, type Computer, IMAGES } from './boot.ts';
import type { Clock } from './clock.ts';
import type { BootTimes } from './sysinit-unit.ts';

/** What booting cost, each image by turns with the other. */
export type Boots = Record<keyof typeof IMAGES, BootTimes[]>;

/** Boots both images by turns, `turns` times each; the order changes each time, so that a trend of the host hits both. */
export async function measureBoots(
  clock: Clock,
  computer: Computer,
  turns: number,
  tell: (what: string) => void,
): Promise<Boots> {
  const boots: Boots = { macveil: [], plain: [] };
  const names = Object.keys(IMAGES) as (keyof Boots)[];
  for (let turn = 0; turn < turns; turn++) {
    for (const name of turn % 2 === 0 ? names : names.toReversed()) {
      tell(`${name}, ${turn + 1} of ${turns}`);
      boots[name].push(await bootToSysinit(IMAGES[name], computer, clock));
    }
  }
  return boots;
}
