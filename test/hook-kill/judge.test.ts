import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type MacAddress, parseMac } from '../../src/core/mac.ts';
import { isUnsettled, leaks, type Sight } from './judge.ts';

const REAL = parseMac('00:0e:0c:a7:5e:c1') as MacAddress;
const OTHER = '00:0e:0c:12:34:56';
const GOOD: Sight = { address: OTHER, qdisc: 'fq_codel', record: { state: 'verified', address: OTHER } };

test('a card that is verified under another address of its vendor is right', () => {
  assert.equal([...leaks(GOOD, REAL), ...isUnsettled(GOOD, REAL)], []);
});

test('a mute card shows nothing, whatever its address is', () => {
  for (const qdisc of ['noop', 'blackhole'])
    assert.equal(leaks({ address: REAL, qdisc, record: null }, REAL), []);
});

for (const [title, change, text] of [
  ['its real address', { address: REAL }, 'real address'],
  ['an address of another vendor', { address: '00:0e:0d:12:34:56' }, 'another vendor'],
  ['no record', { record: null }, 'not on record'],
  ['a record that is only begun', { record: { state: 'begun', address: OTHER } }, 'not on record'],
  ['a record of another address', { record: { state: 'verified', address: REAL } }, 'not on record'],
] as const) {
  test(`a voice with ${title} is found out`, () => {
    assert.ok(leaks({ ...GOOD, ...change }, REAL).some((found) => found.includes(text)));
  });
}

for (const [title, state, qdisc, settled] of [
  ['failed and mute', 'failed', 'blackhole', true],
  ['verified and mute', 'verified', 'noop', false],
  ['begun and mute', 'begun', 'noop', false],
  ['failed with a voice', 'failed', 'fq_codel', false],
] as const) {
  test(`a card that is ${title} is ${settled ? '' : 'not '}settled`, () => {
    const sight: Sight = { address: OTHER, qdisc, record: { state, address: OTHER } };
    assert.is(isUnsettled(sight, REAL).length === 0, settled);
  });
}

test.run();
