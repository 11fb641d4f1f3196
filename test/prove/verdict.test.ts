import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Decision } from '../../src/core/decision.ts';
import type { Finding } from '../../src/core/report.ts';
import type { Rule } from '../../src/prove/scenario.ts';
import { judge } from '../../src/prove/verdict.ts';
import { ascii, ethernet } from './frame-fixtures.ts';
import { type Differences, NIC, NOW, observation } from './observation-fixtures.ts';

/** One thing that is wrong with an otherwise right machine, and the words that must name it. */
type Case = [title: string, rule: Rule, differences: Differences, words: RegExp];

const other = '00:0c:29:11:22:33';
const sentNothing: Differences = { frames: [], seen: { txPackets: 0 } };

const FINDING = { rule: 'm', text: 'n' };
/** Right under \`ask\` and \`offline\`: no interface, no frame, and the hook says why. */
const isClosed = (decision: Decision, findings: Finding[] = []): Differences => ({
  ...{ decision, seen: null, frames: [] },
  report: { interfaces: [], findings },
});

/** A card whose interface is gone, and which the hook still names. */
function putAway(): Differences {
  return { seen: null, frames: [], reported: { state: 'failed', findings: [FINDING] } };
}

const WRONG: Case[] = [
  ['an interface that is missing', 'spoof', { seen: null }, /no interface appeared/],
  [
    'an address that is still the real one',
    'spoof',
    { seen: { address: NIC.address } },
    /still has its real/,
  ],
  [
    'a name made of the real address',
    'spoof',
    { seen: { name: `enx${NIC.address.replaceAll(':', '')}` } },
    /its name enx/,
  ],
  ['a vendor part that is lost', 'spoof', { seen: { address: other } }, /lacks the vendor part 00:1b:21/],
  ['a card that sent nothing', 'spoof', { frames: [] }, /sent no frame/],
  ['a frame from an address in between', 'spoof', { frames: [ethernet(other)] }, /have the source 00:0c:29/],
  ['a leak in a payload', 'spoof', { frames: [ethernet(NOW, ascii(NIC.address))] }, /1 of 1 frames.*text/],
  ['a hook that failed', 'spoof', { reported: { state: 'failed' } }, /the hook says failed/],
  ['a wrong idea of the real address', 'spoof', { reported: { realAddress: NOW } }, /for its real address/],
  ['frames before it was verified', 'spoof', { reported: { framesBeforeVerification: 3 } }, /3 frames left/],
  ['an unknown number of early frames', 'spoof', { reported: { framesBeforeVerification: null } }, /unknown/],
  ['a finding of the hook', 'spoof', { reported: { findings: [{ rule: 'r', text: 't' }] } }, /r: t/],
  ['an interface the hook does not know', 'spoof', { reported: { name: 'ens1' } }, /does not report it/],
  ['an image without macveil', 'spoof', { report: null }, /no macveil in this image/],
  ['a finding about the machine', 'spoof', { report: { findings: [FINDING] } }, /m: n/],
  ['another decision', 'spoof', { decision: 'keep' }, /decision in force is keep/],
  ['an address that is not kept', 'keep', { decision: 'keep', seen: { address: NOW } }, /not its real/],
  ['a kept card that sent nothing', 'keep', { decision: 'keep', frames: [] }, /sent no frame/],
  ['an interface where none may be', 'silent', sentNothing, /there is an interface ens9/],
  ['a frame where none may be', 'silent', { seen: null }, /sent 2 frames/],
  ['a card that is not there', 'silent', { seen: null, frames: [], present: false }, /has no such card/],
  ['a card that is not there', 'ask', { ...isClosed('ask'), present: false }, /has no such card/],
  ['a frame', 'offline', { ...isClosed('offline'), frames: [ethernet(NOW)] }, /sent 1 frames/],
  ['an interface', 'ask', { decision: 'ask', frames: [] }, /there is an interface ens9/],
  ['an image without macveil', 'offline', { ...isClosed('offline'), report: null }, /no macveil/],
  ['a decision that was never read', 'ask', isClosed('spoof'), /decision in force is spoof, not ask/],
  ['one closed decision for the other', 'offline', isClosed('ask'), /decision in force is ask, not offline/],
  ['a finding about the machine', 'ask', isClosed('ask', [FINDING]), /m: n/],
  ['a mute card that speaks', 'mute', {}, /sent 2 frames/],
  ['a mute card whose guest counts frames', 'mute', { frames: [] }, /guest counts 2/],
  ['a mute card that is down', 'mute', { frames: [], seen: { txPackets: 0, up: false } }, /it is down/],
  ['a mute card without interface', 'mute', { frames: [], seen: null }, /its silence proves nothing/],
  [
    'a leak of a card that was put away',
    'safe',
    { ...putAway(), frames: [ethernet(NIC.address)] },
    /1 of 1 frames/,
  ],
  [
    'a card that is neither verified nor reported',
    'safe',
    { reported: { state: 'mute' } },
    /neither verified/,
  ],
  ['a card that nobody reports', 'safe', { seen: null, report: { interfaces: [] } }, /neither verified/],
  ['a verified card with its real address', 'safe', { seen: { address: NIC.address } }, /still has its real/],
  ['a card that is not there', 'safe', { ...putAway(), present: false }, /has no such card/],
  ['a report that is missing', 'safe', { report: null }, /no macveil in this image/],
  ['a control without its real address', 'leak', {}, /its absence elsewhere proves nothing/],
  ['a control without frames', 'open', { frames: [] }, /silence elsewhere proves nothing/],
];

for (const [title, rule, differences, words] of WRONG) {
  test(`the rule of ${rule} finds ${title}`, () => {
    const verdict = judge(rule, observation(differences));
    const findings = [...verdict.findings, ...verdict.nics.flatMap((nic) => nic.findings)];
    assert.not.ok(verdict.ok);
    assert.ok(
      findings.some((text) => words.test(text)),
      findings.join('\n'),
    );
  });
}

const RIGHT: [Rule, Differences][] = [
  ['spoof', {}],
  ['keep', { decision: 'keep' }],
  ['silent', { seen: null, frames: [] }],
  ['silent', { seen: null, frames: [], report: null }],
  ['ask', isClosed('ask')],
  ['offline', isClosed('offline')],
  ['mute', { ...sentNothing, report: null }],
  ['open', {}],
  ['safe', {}],
  ['safe', putAway()],
  ['leak', { frames: [ethernet(NIC.address)], report: null }],
];

for (const [rule, differences] of RIGHT) {
  test(`the rule of ${rule} finds nothing where all is right`, () => {
    const verdict = judge(rule, observation(differences));
    assert.equal([...verdict.findings, ...verdict.nics.flatMap((nic) => nic.findings)], []);
    assert.ok(verdict.ok);
  });
}

test('a frame with a real address is called LEAK, whatever else is wrong', () => {
  const [row] = judge('spoof', observation({ decision: 'keep', report: null })).nics;
  assert.is(row?.verdict, 'LEAK');
});

test('a machine without cards proves nothing', () => {
  assert.not.ok(judge('silent', { ...observation({ seen: null, frames: [] }), nics: [] }).ok);
});

test('two interfaces with one address are found', () => {
  const seen = observation();
  const twice = { ...seen, interfaces: [...seen.interfaces, ...seen.interfaces] };
  assert.match(judge('spoof', twice).findings.join(), /several interfaces have the address/);
});

test('a row shows the card, its interface and its frames', () => {
  const [row] = judge('spoof', observation()).nics;
  assert.is(row?.interface, 'ens9');
  assert.is(row?.addressNow, NOW);
  assert.is(row?.framesSent, 2);
  assert.is(row?.verdict, 'verified');
});

test.run();
