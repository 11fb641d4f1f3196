import { execFileSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseList } from '../../src/modules/read/xz.ts';
import { frameSize } from '../../src/modules/read/zstd.ts';

test('the sizes of a list of xz are taken by file', () => {
  const list =
    'name\t/a.xz\nfile\t1\t1\t100\t2000\t0.05\tCRC32\t0\nname\t/b.xz\nfile\t1\t1\t9\t30\t0.3\tCRC32\t0\ntotals\t2\n';
  assert.equal(
    [...parseList(list)],
    [
      ['/a.xz', 2000],
      ['/b.xz', 30],
    ],
  );
});

for (const size of [1, 255, 256, 1000, 65791, 65792, 100000]) {
  test(`zstd's own header of ${size} bytes says ${size}`, () => {
    const packed = execFileSync('zstd', ['-c', '-q', `--stream-size=${size}`], {
      input: Buffer.alloc(size, 'x'),
    });
    assert.is(frameSize(packed), size);
  });
}

test('what is no zstd frame, or too short for one, has no size', () => {
  assert.is(frameSize(Buffer.from('not a frame at all')), null);
  assert.is(frameSize(Buffer.from([0x28, 0xb5, 0x2f, 0xfd])), null);
  assert.is(frameSize(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0])), null);
});

test.run();
