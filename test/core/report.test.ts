import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatReport } from '../../src/core/format.ts';
import { allFindings, makeReport } from '../../src/core/report.ts';
import { card, decided, GIVEN, REAL, record, remembers } from './samples.ts';

const verified = card({ address: GIVEN, qdisc: 'fq_codel', up: true });

test('a verified card is shown with both addresses and the frames sent before', () => {
  const report = makeReport(decided('spoof'), [verified], remembers(record()));
  assert.is(allFindings(report).length, 0);
  const [one] = report.interfaces;
  assert.equal([one?.state, one?.realAddress, one?.address], ['verified', REAL, GIVEN]);
  assert.is(one?.framesBeforeVerification, 0);
});

test('a card that changed back since it was verified is a failure now', () => {
  const report = makeReport(decided('spoof'), [{ ...verified, address: REAL }], remembers(record()));
  assert.is(report.interfaces[0]?.state, 'failed');
  assert.equal(
    allFindings(report).map((finding) => finding.rule),
    ['real-address', 'given-address'],
  );
});

test('a card that was put away is still reported, by driver and model', () => {
  const gone = record({ state: 'failed', findings: [{ rule: 'set-address', text: 'refused' }] });
  const text = formatReport(makeReport(decided('spoof'), [], remembers(gone)));
  assert.match(text, /eth0 \(e1000, Intel 82540EM\): failed/);
  assert.match(text, /! refused \[set-address\]/);
});

test('a card that was unplugged after it was verified is not reported', () => {
  assert.equal(makeReport(decided('spoof'), [], remembers(record())).interfaces, []);
});

test('an open network with a card nobody handled is a finding, although the card is mute', () => {
  const [one] = makeReport(
    decided('spoof'),
    [card({ qdisc: 'blackhole', up: true })],
    remembers(),
  ).interfaces;
  assert.equal([one?.state, one?.findings[0]?.rule], ['mute', 'unhandled']);
});

test('a closed network with a mute card is as decided', () => {
  for (const decision of ['ask', 'offline'] as const) {
    assert.equal(allFindings(makeReport(decided(decision), [card()], remembers())), []);
  }
});

test('a card that can send before any decision is found', () => {
  const [one] = makeReport(decided('ask'), [card({ qdisc: 'pfifo_fast' })], remembers()).interfaces;
  assert.equal([one?.state, one?.findings[0]?.rule], ['failed', 'unverified']);
});

test('a radio that is up before any decision is found, since no qdisc keeps it silent', () => {
  const [one] = makeReport(
    decided('ask'),
    [card({ wireless: true, up: true, qdisc: 'noqueue' })],
    remembers(),
  ).interfaces;
  assert.is(one?.findings[0]?.rule, 'unverified');
});

test('a card that was opened under another decision is a failure', () => {
  const kept = record({ decision: 'keep' });
  const [one] = makeReport(decided('spoof'), [{ ...verified, address: REAL }], remembers(kept)).interfaces;
  assert.equal([one?.state, one?.findings[0]?.rule], ['failed', 'other-decision']);
});

test('a blocked boot is a finding with its reason', () => {
  const report = makeReport(decided('blocked', 'two words contradict'), [], remembers());
  assert.equal(report.findings, [{ rule: 'blocked', text: 'two words contradict' }]);
  assert.match(formatReport(report), /no network.*\n.*two words contradict/);
});

test('virtual interfaces are in the data and not in the words', () => {
  const report = makeReport(decided('spoof'), [card({ physical: false, name: 'br0' })], remembers());
  assert.is(report.interfaces[0]?.state, 'exempt');
  assert.not.match(formatReport(report), /br0/);
});

test.run();
