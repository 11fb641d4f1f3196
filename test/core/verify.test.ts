import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { InterfaceFacts } from '../../src/core/link.ts';
import type { InterfaceRecord } from '../../src/core/record.ts';
import { verifyInterface } from '../../src/core/verify.ts';
import { card, GIVEN, REAL, record } from './samples.ts';

function broken(
  facts: Partial<InterfaceFacts>,
  known: Partial<InterfaceRecord> = {},
  others: InterfaceFacts[] = [],
) {
  const one = card({ address: GIVEN, ...facts });
  const its = record(known);
  return verifyInterface(one, its, { interfaces: [one, ...others], records: [its] }).map(
    (finding) => finding.rule,
  );
}

test('a card that has the address it was given is verified', () => {
  assert.equal(broken({}), []);
});

const FAULTS: [
  title: string,
  facts: Partial<InterfaceFacts>,
  known: Partial<InterfaceRecord>,
  rules: string[],
][] = [
  ['the permanent address', { address: REAL }, { address: REAL }, ['real-address']],
  ['the address a tool claimed to have changed', { address: REAL }, {}, ['real-address', 'given-address']],
  [
    'the remembered real address of a driver that reports none',
    { address: REAL, permanentAddress: '' },
    { permanentAddress: '', address: REAL },
    ['real-address'],
  ],
  [
    'another vendor part',
    { address: '02:1b:21:11:22:33' },
    { address: '02:1b:21:11:22:33' },
    ['vendor-part'],
  ],
  ['an address nobody gave it', { address: '00:1b:21:00:00:09' }, {}, ['given-address']],
  ['a group address', { address: '01:1b:21:11:22:33' }, {}, ['no-address']],
  ['frames sent before', {}, { framesBeforeVerification: 3 }, ['silent-before']],
];

for (const [title, facts, known, rules] of FAULTS) {
  test(`under spoof ${title} is found`, () => assert.equal(broken(facts, known), rules));
}

test('an address that another card has too is found', () => {
  assert.equal(broken({}, {}, [card({ ifindex: 3, address: GIVEN })]), ['unique']);
});

test('an address that a bridge on top shares is right', () => {
  assert.equal(broken({}, {}, [card({ ifindex: 3, address: GIVEN, physical: false })]), []);
});

test("an address that is another card's real one is found", () => {
  const one = card({ address: GIVEN });
  const other = record({ ifindex: 3, realAddress: GIVEN as never });
  const rules = verifyInterface(one, record(), { interfaces: [one], records: [record(), other] }).map(
    (finding) => finding.rule,
  );
  assert.equal(rules, ['real-address']);
});

test('a verified radio may scan under a random local address', () => {
  const scanning = { wireless: true, address: 'ae:3f:cc:86:43:e3' };
  assert.equal(broken(scanning), []);
  assert.equal(broken(scanning, { decision: 'keep', address: REAL }), []);
  assert.equal(broken({ ...scanning, address: '02:1b:21:0a:0b:0c' }), ['vendor-part', 'given-address']);
  assert.equal(broken(scanning, { state: 'begun' }), ['vendor-part', 'given-address']);
});

test('a radio is not excused from an address of a maker, nor from its real one', () => {
  assert.equal(broken({ wireless: true, address: '00:0c:29:01:02:03' }), ['vendor-part', 'given-address']);
  assert.equal(broken({ wireless: true, address: REAL }), ['real-address', 'given-address']);
});

test('under keep the permanent address is right and any other is found', () => {
  const keep = { decision: 'keep', address: REAL } as const;
  assert.equal(broken({ address: REAL }, keep), []);
  assert.equal(broken({ address: GIVEN }, keep), ['kept-address']);
});

test('under keep a card without a permanent address keeps the one it was born with', () => {
  const keep = { decision: 'keep', address: REAL, permanentAddress: '' } as const;
  assert.equal(broken({ address: REAL, permanentAddress: '' }, keep), []);
  assert.equal(broken({ address: GIVEN, permanentAddress: '' }, keep), ['kept-address']);
});

test("under keep an address the driver made up at random is nobody's own", () => {
  const keep = { decision: 'keep', address: REAL, permanentAddress: '', assignType: 1 } as const;
  // systemd's MACAddressPolicy=persistent gives it another one, and the kernel then says "set" (3).
  assert.equal(broken({ address: GIVEN, permanentAddress: '', assignType: 3 }, keep), []);
});

test('cards of one bond may share the address of one of them, and nothing else', () => {
  const other = card({ ifindex: 3, address: GIVEN, permanentAddress: '00:1b:21:0a:0b:0d', master: 9 });
  const its = record({ ifindex: 3, permanentAddress: '00:1b:21:0a:0b:0d', address: '00:1b:21:77:77:77' });
  const bonded = (master: number) => {
    const around = {
      interfaces: [card({ address: GIVEN, master }), { ...other, master }],
      records: [record(), its],
    };
    return verifyInterface({ ...other, master }, its, around).map((finding) => finding.rule);
  };
  assert.equal(bonded(9), []);
  assert.equal(bonded(0), ['given-address', 'unique']);
});

test('a bond does not excuse a real address', () => {
  assert.equal(broken({ address: REAL, master: 9 }, { address: GIVEN }), ['real-address', 'given-address']);
});

test('a modem that was switched to raw IP has no address and nothing to show', () => {
  assert.equal(broken({ type: 65534, address: '', permanentAddress: '' }), []);
});

test.run();
