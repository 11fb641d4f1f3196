import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parsePcap } from '../../src/prove/pcap.ts';
import { pcap } from './pcap-fixtures.ts';

const NANOSECONDS = 0xa1b23c4d;

for (const littleEndian of [true, false]) {
  test(`frames are read in ${littleEndian ? 'little' : 'big'} endian order`, () => {
    const { frames, truncated } = parsePcap(pcap([[1, 2, 3], [4]], littleEndian));
    assert.equal(
      frames.map(({ number, time, data }) => [number, time, ...data]),
      [
        [1, 5.5, 1, 2, 3],
        [2, 5.5, 4],
      ],
    );
    assert.is(truncated, false);
  });
}

test('nanoseconds are told by the magic number', () => {
  assert.is(parsePcap(pcap([[1]], true, NANOSECONDS)).frames[0]?.time, 5.5);
});

test('a last record that is still being written is left out, wherever it is cut', () => {
  const whole = pcap(
    [
      [1, 2, 3],
      [4, 5],
    ],
    true,
  );
  for (let cut = 1; cut < 18; cut += 1) {
    const { frames, truncated } = parsePcap(whole.subarray(0, whole.length - cut));
    assert.is(frames.length, 1, `cut by ${cut}`);
    assert.is(truncated, true, `cut by ${cut}`);
  }
});

test('a header alone is a whole capture without frames', () => {
  assert.equal(parsePcap(pcap([])), { frames: [], truncated: false, damage: '' });
});

test('a frame of which only a part was kept is damage', () => {
  const cut = pcap([[1], [2, 3]]);
  cut.writeUInt32LE(9, cut.length - 2 - 4);
  assert.match(parsePcap(cut).damage, /of the 9 bytes of its frame 2 only 2/);
});

test('a file that has not got its header yet holds no frames', () => {
  assert.equal(parsePcap(new Uint8Array(0)), { frames: [], truncated: true, damage: '' });
  assert.equal(parsePcap(new Uint8Array(10)), { frames: [], truncated: true, damage: '' });
});

test('a capture inside a larger buffer is read from its own start', () => {
  const outer = Buffer.concat([Buffer.alloc(7), pcap([[9]], true)]);
  assert.equal([...(parsePcap(outer.subarray(7)).frames[0]?.data ?? [])], [9]);
});

test('what is no pcap file is refused', () => {
  assert.match(parsePcap(Buffer.alloc(64, 'x')).damage, /not a pcap file/);
});

test('a damaged record is refused, not skipped', () => {
  const damaged = pcap([[1, 2, 3]], true);
  damaged.writeUInt32LE(0x7fffffff, 24 + 8);
  assert.match(parsePcap(damaged).damage, /record at byte 24/);
});

test.run();
