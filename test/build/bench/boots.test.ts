import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { differenceOf } from '../../../build/bench/vm/show-boots.ts';
import { bootTimes } from '../../../build/bench/vm/sysinit-unit.ts';

const LINE = 'macveil-sysinit: 30.50 12.25 cpu  400 0 900 1200 50 0 30 0 0 0\r\n';

test('a boot ends when its unit starts, and the processor was busy whenever it did not wait', () => {
  assert.equal(bootTimes(`[  OK  ] Reached target\r\n${LINE}`), { wall: 30.5, cpu: 18 });
});

test('a line that is not complete yet is none', () => {
  assert.is(bootTimes(LINE.slice(0, -3)), null);
});

test('the difference is that of the medians in percent of the plain boot, and each turn is part of its spread', () => {
  const boots = {
    macveil: [11, 12, 13].map((wall) => ({ wall, cpu: 1 })),
    plain: [10, 10, 10].map((wall) => ({ wall, cpu: 1 })),
  };
  const { median, least, most, deviation } = differenceOf(boots, 'wall');
  assert.equal([median, least, most, deviation], [20, 10, 30, 10]);
});

test.run();
