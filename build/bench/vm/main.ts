import { BOOT_GOALS, CARD_GOALS } from '../goals.mjs';
import { printGoals } from '../table.mjs';
import { COMPUTERS } from './boot.ts';
import { measureCards } from './cards.ts';
import { type Clock, describeClock } from './clock.ts';
import { type Boots, measureBoots } from './measure-boots.ts';
import { differenceOf, showBoots } from './show-boots.ts';
import { cpuOfInterface, showCards, wallOfWhole } from './show-cards.ts';

const ROUNDS = 3;
const BOOTS = 5;

/** Measures what macveil costs while ten cards come; true when every goal is reached. */
export async function benchCards(clock: Clock, rounds = ROUNDS): Promise<boolean> {
  const costs = await measureCards(clock, rounds, teller('cards'));
  showCards(costs, describeClock(clock));
  const { bare, hook, script } = costs.ways;
  const whole = wallOfWhole(hook) / wallOfWhole(bare);
  const share = cpuOfInterface(script) / cpuOfInterface(hook);
  return printGoals([
    { title: 'ten cards verified, to bare modprobe', value: whole, limit: CARD_GOALS.wholeToBare, unit: 'x' },
    // Of 50 scripts' time one may be macveil's: shown as its part of a script's.
    {
      title: 'CPU of an interface, to the script',
      value: 1 / share,
      limit: 1 / CARD_GOALS.scriptToHook,
      unit: 'x',
    },
  ]);
}

/** Measures what macveil adds to live boots of each computer; true when every goal is reached. */
export async function benchBoot(clock: Clock, turns = BOOTS): Promise<boolean> {
  const reached: boolean[] = [];
  for (const computer of COMPUTERS) {
    const boots = await measureBoots(clock, computer, turns, teller(`boot, ${computer.title}`));
    showBoots(boots, computer.title, describeClock(clock));
    reached.push(printGoals(bootGoals(boots, computer.title)));
  }
  return reached.every(Boolean);
}

function bootGoals(boots: Boots, computer: string) {
  return (['wall', 'cpu'] as const).map((what) => {
    const title = `boot to sysinit.target with ${computer}, ${what}`;
    return { title, value: differenceOf(boots, what).median, limit: BOOT_GOALS.percent, unit: '%' };
  });
}

function teller(part: string): (what: string) => void {
  return (what) => console.log(`${part}: ${what} ...`);
}
