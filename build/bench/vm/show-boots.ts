import type { Boots } from './measure-boots.ts';
import { summarise } from './statistics.ts';
import type { BootTimes } from './sysinit-unit.ts';

const WIDTH = 22;
const COLUMN = 10;
const PERCENT = 100;

/** How much more one boot took than the other, in percent of the plain one. */
export interface Difference {
  median: number;
  /** The least and the most that one turn's two boots showed. */
  least: number;
  most: number;
  deviation: number;
}

/** Prints every boot, and what the two images come to. */
export function showBoots({ macveil, plain }: Boots, title: string, clock: string): void {
  console.log(`\nfrom the kernel's start to sysinit.target with ${title}, seconds; ${clock}`);
  for (const what of ['wall', 'cpu'] as const) {
    console.log(`  ${what.padEnd(WIDTH)}${['median', 'from', 'to', 'deviation'].map(cell).join('')}  each`);
    for (const [which, boots] of [
      ['macveil=spoof', macveil],
      ['without macveil', plain],
    ] as const)
      row(
        which,
        boots.map((boot) => boot[what]),
      );
    showDifference(differenceOf({ macveil, plain }, what));
  }
}

/** The difference between the medians, and its spread over the turns. */
export function differenceOf({ macveil, plain }: Boots, what: keyof BootTimes): Difference {
  const middle = (boots: BootTimes[]) => summarise(boots.map((boot) => boot[what])).median;
  const unit = middle(plain) / PERCENT;
  const turns = macveil.map((boot, turn) => (boot[what] - (plain[turn]?.[what] ?? Number.NaN)) / unit);
  return { ...summarise(turns), median: (middle(macveil) - middle(plain)) / unit };
}

function row(title: string, seconds: number[]): void {
  const { median, least, most, deviation } = summarise(seconds);
  const cells = [median, least, most, deviation].map((value) => cell(value.toFixed(3)));
  console.log(
    `  ${title.padEnd(WIDTH)}${cells.join('')}  ${seconds.map((value) => value.toFixed(3)).join(' ')}`,
  );
}

function showDifference({ median, least, most, deviation }: Difference): void {
  const cells = [median, least, most, deviation].map((value) => cell(`${value.toFixed(2)} %`));
  console.log(`  ${'difference'.padEnd(WIDTH)}${cells.join('')}`);
}

function cell(text: string): string {
  return text.padStart(COLUMN);
}
