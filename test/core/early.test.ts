import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { earlyFindings, earlyInterface, wasEarly } from '../../src/core/early.ts';
import { formatReport } from '../../src/core/format.ts';
import { allFindings, makeReport } from '../../src/core/report.ts';
import { card, decided, GIVEN, record, there } from './samples.ts';

const verified = card({ address: GIVEN, qdisc: 'fq_codel', up: true });
const rulesOf = (early: Parameters<typeof earlyFindings>[0], decision: 'spoof' | 'keep' | 'ask') =>
  earlyFindings(early, decided(decision)).map(({ rule }) => rule);

test('a card that was merely there is shown so, and is no fault', () => {
  const report = makeReport(decided('spoof'), [verified], { records: [record()], early: [there()] });
  assert.equal(allFindings(report), []);
  assert.is(report.interfaces[0]?.beforeDecision, true);
  assert.match(formatReport(report), /verified, \S+, there before the decision/);
});

test('a card that came later is not marked', () => {
  const report = makeReport(decided('spoof'), [verified], {
    records: [record()],
    early: [there({ ifindex: 7 })],
  });
  assert.is(report.interfaces[0]?.beforeDecision, false);
  assert.not.match(formatReport(report), 'before the decision');
});

test('a card that was up is a finding under every decision that hides or forbids', () => {
  for (const decision of ['spoof', 'ask'] as const)
    assert.equal(rulesOf([there({ up: true })], decision), ['before-decision']);
});

test('a card that was down again but had sent is one too, with the number of frames', () => {
  const [finding] = earlyFindings([there({ txPackets: 3 })], decided('ask'));
  assert.match(finding?.text ?? '', /^eth0 \(e1000\) was up before the decision, and sent 3 frames: /);
});

test('under keep the real address is meant to be seen', () => {
  assert.equal(rulesOf([there({ up: true, txPackets: 3 })], 'keep'), []);
});

test('the finding stays when the card itself has gone', () => {
  const report = makeReport(decided('ask'), [], { records: [], early: [there({ up: true })] });
  assert.is(allFindings(report)[0]?.rule, 'before-decision');
});

test('what is remembered is the state before it was silenced, and the frames after', () => {
  const early = earlyInterface(card({ up: true, txPackets: 1 }), 2);
  assert.equal([early.up, early.txPackets, wasEarly(card(), [early])], [true, 2, true]);
});

test.run();
