import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Splitter } from '../../src/modules/read/splitter.ts';

const STREAM = Buffer.from('onethreethirteenchars');
const SIZES = [3, 5, 13];

for (const chunk of [1, 2, 3, 7, 8, 100]) {
  test(`files come whole out of a stream in pieces of ${chunk}`, () => {
    assert.equal(split(SIZES, chunk), { files: ['one', 'three', 'thirteenchars'], complete: true });
  });
}

test('a stream that ends early is not complete', () => {
  assert.is(split([3, 5, 14], 4).complete, false);
});

test('a stream that goes on is not complete', () => {
  assert.is(split([3, 5, 12], 4).complete, false);
});

function split(sizes: number[], chunk: number) {
  const files: string[] = [];
  const splitter = new Splitter(sizes, (_, bytes) => files.push(bytes.toString()));
  for (let at = 0; at < STREAM.length; at += chunk) splitter.push(STREAM.subarray(at, at + chunk));
  return { files, complete: splitter.isComplete() };
}

test.run();
