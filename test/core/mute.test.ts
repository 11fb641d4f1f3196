import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { InterfaceFacts } from '../../src/core/link.ts';
import { dropsAll, isMute, lacksVoice, verifyVoice } from '../../src/core/mute.ts';
import { card } from './samples.ts';

const BLACKHOLE = { qdisc: 'blackhole' };
const HALF = { qdisc: 'mq', leafQdiscs: ['fq_codel', 'blackhole'] };

const CASES: [
  title: string,
  facts: Partial<InterfaceFacts>,
  drops: boolean,
  mute: boolean,
  lacks: boolean,
][] = [
  ['a new card', { qdisc: 'noop' }, false, true, true],
  ['a card that was brought up mute', { ...BLACKHOLE, up: true }, true, true, true],
  [
    'a card of many queues that was brought up mute',
    { qdisc: 'mq', leafQdiscs: ['blackhole', 'blackhole'] },
    true,
    true,
    true,
  ],
  ['a card with one of two queues opened', HALF, false, false, true],
  ['a card that may speak', { qdisc: 'fq_codel', up: true }, false, false, false],
  ['a new radio', { qdisc: 'noop', wireless: true }, false, true, true],
  ['a radio without a qdisc that is up', { qdisc: 'noqueue', wireless: true, up: true }, false, false, false],
  ['a silenced radio', { ...BLACKHOLE, wireless: true, up: true }, true, true, true],
];

for (const [title, facts, drops, mute, lacks] of CASES) {
  test(`${title}: drops all ${drops}, mute ${mute}, lacks its voice ${lacks}`, () => {
    const one = card(facts);
    assert.equal([dropsAll(one), isMute(one), lacksVoice(one)], [drops, mute, lacks]);
  });
}

test('a verified card that lacks its voice is found, radio or not', () => {
  assert.is(verifyVoice(card({ ...BLACKHOLE, wireless: true }))[0]?.rule, 'still-mute');
  assert.is(verifyVoice(card(HALF))[0]?.rule, 'still-mute');
  assert.equal(verifyVoice(card({ qdisc: 'fq_codel' })), []);
});

test.run();
