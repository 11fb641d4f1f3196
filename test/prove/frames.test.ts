import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { summariseFrames } from '../../src/prove/frames.ts';
import { ethernet, frameOf, REAL, SPOOFED } from './frame-fixtures.ts';

test('frames are counted by their source address', () => {
  const frames = [ethernet(SPOOFED), ethernet(SPOOFED), ethernet(REAL)];
  assert.equal(summariseFrames(frames), { sent: 3, received: 0, sources: { [SPOOFED]: 2, [REAL]: 1 } });
});

test("what QEMU's network side sends is not the guest's", () => {
  const frames = [ethernet('52:55:0a:00:03:02'), ethernet('52:56:00:00:00:02'), ethernet(SPOOFED)];
  assert.equal(summariseFrames(frames), { sent: 1, received: 2, sources: { [SPOOFED]: 1 } });
});

test('another locally administered address is the guest, not the network side', () => {
  assert.is(summariseFrames([ethernet('52:54:00:12:34:56'), ethernet('52:55:0b:00:03:02')]).sent, 2);
});

test('a frame too short for a source counts as sent', () => {
  assert.equal(summariseFrames([frameOf([1, 2, 3])]), { sent: 1, received: 0, sources: { none: 1 } });
});

test.run();
