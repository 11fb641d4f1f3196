import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { summarise } from '../../../build/bench/vm/statistics.ts';

test('the median of an odd count is the one in the middle, of an even count the mean of two', () => {
  assert.is(summarise([9, 1, 5]).median, 5);
  assert.is(summarise([9, 1, 5, 6]).median, 5.5);
});

test('the spread of one value is none', () => {
  assert.equal(summarise([7]), { median: 7, least: 7, most: 7, deviation: 0 });
});

test.run();
