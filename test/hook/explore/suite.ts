import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { note } from '../../note.ts';
import { type Explored, explore } from './explore.ts';

/** What has happened when an exploration begins (nothing, the decision, a verified card), and how deep it goes. */
const BEGINNINGS = [
  { begin: [], depth: 4 },
  { begin: ['early'], depth: 3 },
  { begin: ['early', 'udev loads the driver', 'net-add'], depth: 3 },
];

/** What went wrong in words, with the way there. */
export function faultsOf({ faults }: Explored): string[] {
  return [...faults].map(([fault, way]) => `${fault}: ${way}`);
}

/** One test for each decision and beginning, so many steps deeper than usual. */
export function exploreAll(deeper: number): void {
  for (const decision of ['spoof', 'ask', 'keep']) {
    for (const { begin, depth } of BEGINNINGS) {
      const after = begin.at(-1) ?? 'nothing';
      test(`under ${decision}, after ${after}, no order of events and deaths leaks, or hands over what is not right`, () => {
        const found = explore({ cmdline: `macveil=${decision}`, begin, depth: depth + deeper });
        note(`${decision}, after ${after}: ${found.steps} steps, ${found.machines} machines`);
        assert.equal(faultsOf(found), []);
        assert.ok(found.machines > 10, `${found.machines} machines`);
      });
    }
  }
}
