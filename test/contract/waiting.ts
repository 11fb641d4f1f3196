import { equal } from './assert.ts';
import type { Case } from './case.ts';
import { linkOf } from './links.ts';
import { LINKS } from './world.ts';

/** Waiting for changes; one case, because a process hears of everything from its first wait on. */
export const waitingCases: Case[] = [
  {
    title: 'the first wait ends at once, the next ones when a link or its qdisc changes',
    needs: ['waiting'],
    run(system) {
      equal(system.waitForChange(), 'begun', 'first');
      const { ifindex } = linkOf(system, LINKS.upDown);
      for (const up of [true, false]) {
        system.setUp(ifindex, up);
        equal(system.waitForChange(), 'links', up ? 'after up' : 'after down');
      }
    },
  },
];
