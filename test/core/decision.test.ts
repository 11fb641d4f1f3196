import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decideLater, decisionFromCmdline } from '../../src/core/decision.ts';
import { decided } from './samples.ts';

const QUIET = 'BOOT_IMAGE=/live/vmlinuz boot=live quiet';

for (const decision of ['spoof', 'keep', 'ask', 'offline'] as const) {
  test(`macveil=${decision} is understood`, () => {
    const state = decisionFromCmdline(`${QUIET} macveil=${decision}\n`);
    assert.equal(state, { decision, source: 'cmdline', reason: '' });
  });
}

test('a command line without the word means spoof', () => {
  assert.equal(decisionFromCmdline(QUIET), { decision: 'spoof', source: 'default', reason: '' });
});

test('the same decision twice is one decision', () => {
  assert.is(decisionFromCmdline('macveil=keep "macveil=keep"').decision, 'keep');
});

const BLOCKED: [title: string, text: string, reason: RegExp][] = [
  ['an unknown value', 'macveil=bogus', /"macveil=bogus" is no decision; write macveil=spoof/],
  ['an empty value', 'macveil=', /no decision/],
  ['the bare word', 'macveil', /"macveil" is no decision/],
  ['another case', 'macveil=Keep', /no decision/],
  ['a value with white space', 'macveil="keep "', /no decision/],
  ['two that contradict', 'macveil=spoof macveil=keep', /"macveil=spoof" and "macveil=keep" contradict/],
  ['a right one beside an unknown one', 'macveil=keep macveil=bogus', /no decision/],
  ['an unknown word of the family', 'macveil.mode=keep', /"macveil.mode=keep" is not known/],
  ['an unknown word spelt with a dash', 'macveil-mode=keep', /not known/],
  ['a word that belongs to init', 'quiet -- macveil=keep', /stands after "--"/],
  ['a word that a broken quote hides', 'title="live macveil=keep', /quote in "title" is never closed/],
];

for (const [title, text, reason] of BLOCKED) {
  test(`${title} keeps the network blocked, and the reason says why`, () => {
    const state = decisionFromCmdline(text);
    assert.is(state.decision, 'blocked');
    assert.match(state.reason, reason);
  });
}

test('a broken quote that hides no word of ours is not our business', () => {
  assert.is(decisionFromCmdline('macveil=keep title="live').decision, 'keep');
});

test('ask and blocked can be decided later', () => {
  for (const state of [decided('ask'), decided('blocked', 'why')]) {
    assert.equal(decideLater(state, 'spoof'), { decision: 'spoof', source: 'decided', reason: '' });
  }
});

test('the decision in force may be repeated, so that a failed attempt can be made again', () => {
  assert.equal(decideLater(decided('spoof'), 'spoof'), decided('spoof'));
});

test('a decision in force is never replaced by another one', () => {
  for (const [from, to] of [
    ['spoof', 'keep'],
    ['keep', 'spoof'],
    ['offline', 'spoof'],
    ['spoof', 'offline'],
  ] as const) {
    const result = decideLater(decided(from), to);
    assert.match('refused' in result ? result.refused : '', /in force until power-off/);
  }
});

test('ask and unknown words cannot be decided', () => {
  for (const wanted of ['ask', 'blocked', '', 'Spoof']) {
    const result = decideLater(decided('ask'), wanted);
    assert.match('refused' in result ? result.refused : '', /cannot be decided/);
  }
});

test.run();
