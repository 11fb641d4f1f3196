import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TC_ROOT, voiceQdiscs } from '../../src/core/voice.ts';

test('a card with one queue gets one qdisc at the root', () => {
  assert.equal(voiceQdiscs(1, 'fq_codel'), [{ kind: 'fq_codel', parent: TC_ROOT, handle: 0 }]);
});

test('a card with many queues keeps one qdisc for each, below mq', () => {
  const [root, ...leaves] = voiceQdiscs(4, 'fq_codel');
  assert.equal(root, { kind: 'mq', parent: TC_ROOT, handle: 0x10000 });
  assert.equal(
    leaves.map((leaf) => leaf.parent),
    [0x10001, 0x10002, 0x10003, 0x10004],
  );
});

test.run();
