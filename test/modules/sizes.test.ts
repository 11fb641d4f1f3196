import { execFileSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inMemory } from '../../src/modules/byte-view.ts';
import { streamSize } from '../../src/modules/read/xz.ts';
import { frameSize } from '../../src/modules/read/zstd.ts';

const xz = (bytes: Buffer, ...options: string[]) => execFileSync('xz', ['-c', ...options], { input: bytes });
const xzSize = (bytes: Buffer) => streamSize(inMemory(bytes));
const zstdSize = (bytes: Buffer) => frameSize(inMemory(bytes));

for (const size of [1, 127, 128, 20_000, 3_000_000]) {
  test(`the index of an .xz file of ${size} bytes says ${size}`, () => {
    assert.is(xzSize(xz(Buffer.alloc(size, 'x'))), size);
  });
}

test('the blocks of an .xz file are added up', () => {
  assert.is(xzSize(xz(Buffer.alloc(100_000, 'x'), '--block-size=30000')), 100_000);
});

test('an .xz file of no bytes has the size 0', () => {
  assert.is(xzSize(xz(Buffer.alloc(0))), 0);
});

test('two .xz streams in one file, or bytes after the stream, have no size', () => {
  const stream = xz(Buffer.from('one'));
  assert.is(xzSize(Buffer.concat([stream, stream])), null);
  assert.is(xzSize(Buffer.concat([stream, Buffer.alloc(4)])), null);
  assert.is(xzSize(Buffer.concat([Buffer.alloc(4), stream])), null);
});

test('an .xz file cut off anywhere has no size', () => {
  const whole = xz(Buffer.alloc(5000, 'x'));
  for (let end = 0; end < whole.length; end++)
    assert.is(xzSize(whole.subarray(0, end)), null, `cut at ${end}`);
});

test('an index that changes in any byte has the same size or none, or one that xz refuses', () => {
  const whole = xz(Buffer.alloc(5000, 'x'));
  for (let at = whole.length - 40; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0x15;
    const size = xzSize(changed);
    if (size !== null && size !== 5000)
      assert.throws(() => execFileSync('xz', ['-dcq'], { input: changed, stdio: 'pipe' }));
  }
});

for (const size of [1, 255, 256, 1000, 65791, 65792, 100000]) {
  test(`zstd's own header of ${size} bytes says ${size}`, () => {
    const options = ['-c', '-q', `--stream-size=${size}`];
    assert.is(zstdSize(execFileSync('zstd', options, { input: Buffer.alloc(size, 'x') })), size);
  });
}

test('what is no zstd frame, or too short for one, has no size', () => {
  assert.is(zstdSize(Buffer.from('not a frame at all')), null);
  assert.is(zstdSize(Buffer.from([0x28, 0xb5, 0x2f, 0xfd])), null);
  assert.is(zstdSize(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0])), null);
});

test.run();
