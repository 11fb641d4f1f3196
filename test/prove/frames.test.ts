import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { summariseFrames } from '../../src/prove/frames.ts';
import { ethernet, frameOf, REAL, SPOOFED } from './frame-fixtures.ts';

test('frames are counted by their source address', () => {
  const frames = [ethernet(SPOOFED), ethernet(SPOOFED), ethernet(REAL)];
  assert.equal(summariseFrames(frames, 3), { sent: 3, received: 0, sources: { [SPOOFED]: 2, [REAL]: 1 } });
});

test("what QEMU's network side sends is not the guest's", () => {
  const peers = ['52:55:0a:00:11:02', '52:55:0a:00:11:03', '52:56:00:00:00:02', '52:56:00:00:00:03'];
  const frames = [...peers, SPOOFED].map((source) => ethernet(source));
  assert.equal(summariseFrames(frames, 17), { sent: 1, received: 4, sources: { [SPOOFED]: 1 } });
});

const STRANGERS = {
  'another locally administered address': '52:54:00:12:34:56',
  "the network side's prefix with another end": '52:55:0a:00:03:0f',
  "the network side of another card's network": '52:55:0a:00:04:02',
  'an IPv6 end that nobody has there': '52:56:00:00:00:04',
};

for (const [title, source] of Object.entries(STRANGERS)) {
  test(`${title} is the guest, not the network side`, () => {
    assert.equal(summariseFrames([ethernet(source)], 3), { sent: 1, received: 0, sources: { [source]: 1 } });
  });
}

test('a frame too short for a source counts as sent', () => {
  assert.equal(summariseFrames([frameOf([1, 2, 3])], 3), { sent: 1, received: 0, sources: { none: 1 } });
});

test.run();
