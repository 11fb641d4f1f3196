import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { batches, isAskable } from '../../src/check/batches.ts';

test('batches keep the order, lose nothing and stay below the limit', () => {
  const queries = Array.from({ length: 100 }, (_, index) => 'x'.repeat(1 + (index % 7)));
  const cut = batches(queries, 3, 40);
  assert.equal(cut.flat(), queries);
  const sizes = cut.map((batch) => batch.reduce((sum, query) => sum + query.length + 3, 0));
  assert.ok(sizes.every((size) => size <= 40));
  assert.ok(cut.length > 10);
});

test('no query makes no batch, and one that is too long stands alone', () => {
  assert.equal(batches([], 3, 10), []);
  assert.equal(batches(['a', 'x'.repeat(50), 'b'], 3, 10), [['a'], ['x'.repeat(50)], ['b']]);
});

test('bytes count, not letters', () => {
  assert.equal(batches(['ää', 'ää'], 0, 6), [['ää'], ['ää']]);
});

test('what no argument can hold and what libkmod refuses is not asked', () => {
  assert.equal(['e1000', '', 'a\0b', 'x'.repeat(4096), 'x'.repeat(4095)].map(isAskable), [
    true,
    false,
    false,
    false,
    true,
  ]);
});

test.run();
