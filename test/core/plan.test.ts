import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { planInterface, type Situation } from '../../src/core/plan.ts';
import { card, decided, GIVEN, REAL, record } from './samples.ts';

const RANDOM = Uint8Array.of(0x11, 0x22, 0x33, 0x44, 0x55, 0x66);
const situation = (change: Partial<Situation> = {}): Situation => ({
  decision: decided('spoof'),
  interfaces: [card()],
  records: [],
  random: RANDOM,
  ...change,
});

test('under spoof a card gets a derived address', () => {
  const plan = planInterface(card(), situation());
  assert.equal(plan, { kind: 'open', realAddress: REAL, address: GIVEN, change: true });
});

test('under keep a card opens with its own address', () => {
  const plan = planInterface(card(), situation({ decision: decided('keep') }));
  assert.equal(plan, { kind: 'open', realAddress: REAL, address: REAL, change: false });
});

for (const decision of ['ask', 'offline', 'blocked'] as const) {
  test(`under ${decision} a card is held, with a reason`, () => {
    const plan = planInterface(card(), situation({ decision: decided(decision) }));
    assert.equal(plan, { kind: 'hold', reason: `the decision is "${decision}"` });
  });
}

test('a card without a permanent address is protected by the one it was born with', () => {
  const plan = planInterface(card({ permanentAddress: '' }), situation());
  assert.is(plan.kind === 'open' && plan.realAddress, REAL);
});

test('the permanent address is the real one even when the card was born with another', () => {
  const plan = planInterface(card({ address: '02:00:00:00:00:01' }), situation());
  assert.equal(plan, { kind: 'open', realAddress: REAL, address: GIVEN, change: true });
});

test('an address another interface has is not given', () => {
  const interfaces = [card(), card({ ifindex: 3, name: 'eth1', address: GIVEN, permanentAddress: '' })];
  const plan = planInterface(card(), situation({ interfaces }));
  assert.is(plan.kind === 'open' && plan.address, '00:1b:21:44:55:66');
});

test('the address a card was born with is not given back to it', () => {
  const born = card({ address: GIVEN });
  const plan = planInterface(born, situation({ interfaces: [born] }));
  assert.is(plan.kind === 'open' && plan.address, '00:1b:21:44:55:66');
});

test('a group address in the hardware is passed over for the one the card was born with', () => {
  const odd = card({ permanentAddress: 'ff:ff:ff:ff:ff:ff' });
  const plan = planInterface(odd, situation({ interfaces: [odd] }));
  assert.equal(plan, { kind: 'open', realAddress: REAL, address: GIVEN, change: true });
});

test('a monitor interface of a radio gets an address like any other', () => {
  const plan = planInterface(card({ type: 803, wireless: true }), situation());
  assert.is(plan.kind === 'open' && plan.address, GIVEN);
});

test('an attempt that was begun under another decision is shut off', () => {
  const begun = record({ state: 'begun', decision: 'keep' });
  const plan = planInterface(card(), situation({ records: [begun] }));
  assert.is(plan.kind === 'shut-off' && plan.finding.rule, 'other-decision');
});

test("an address that is another card's real one is not given", () => {
  const other = record({ ifindex: 9, realAddress: GIVEN as never, permanentAddress: GIVEN });
  const plan = planInterface(card(), situation({ records: [other] }));
  assert.is(plan.kind === 'open' && plan.address, '00:1b:21:44:55:66');
});

test('a card that is plugged in again gets the address it had in this session', () => {
  const address = '00:1b:21:99:99:99';
  const plan = planInterface(
    card({ ifindex: 7 }),
    situation({ interfaces: [], records: [record({ address })] }),
  );
  assert.is(plan.kind === 'open' && plan.address, address);
});

test('a second interface of the same real address gets one of its own while the first is there', () => {
  const first = card({ address: '00:1b:21:99:99:99' });
  const second = card({ ifindex: 3 });
  const records = [record({ address: '00:1b:21:99:99:99' })];
  const plan = planInterface(second, situation({ interfaces: [first, second], records }));
  assert.is(plan.kind === 'open' && plan.address, GIVEN);
});

test('an attempt that was broken off goes on with the address it began with', () => {
  const begun = record({ state: 'begun', address: '00:1b:21:77:77:77' });
  const plan = planInterface(card({ address: '00:1b:21:77:77:77' }), situation({ records: [begun] }));
  assert.equal(plan, { kind: 'open', realAddress: REAL, address: '00:1b:21:77:77:77', change: false });
});

test('a card that was handled is only checked again', () => {
  const known = record();
  assert.equal(planInterface(card({ address: GIVEN }), situation({ records: [known] })), {
    kind: 'recheck',
    record: known,
  });
});

test('a record of another card that had the same ifindex does not count', () => {
  const plan = planInterface(
    card(),
    situation({ records: [record({ permanentAddress: '00:00:5e:00:53:01' })] }),
  );
  assert.is(plan.kind, 'open');
});

test('a card whose type of address cannot be changed is shut off under spoof', () => {
  const infiniband = card({ type: 32, address: Array(20).fill('80').join(':'), permanentAddress: '' });
  const plan = planInterface(infiniband, situation());
  assert.is(plan.kind === 'shut-off' && plan.finding.rule, 'unsupported-type');
});

test('a card without any address has nothing to hide and opens', () => {
  const plan = planInterface(card({ type: 519, address: '', permanentAddress: '' }), situation());
  assert.equal(plan, { kind: 'open', realAddress: '', address: '', change: false });
});

test('random bytes that yield nothing free shut the card off', () => {
  const plan = planInterface(card(), situation({ random: new Uint8Array() }));
  assert.is(plan.kind === 'shut-off' && plan.finding.rule, 'no-address');
});

test('virtual interfaces are exempt; those with a queue need their voice', () => {
  const virtual = (kind: string, qdisc = 'noop') =>
    planInterface(card({ physical: false, kind, qdisc }), situation());
  assert.equal(virtual('bridge'), { kind: 'exempt', needsVoice: false });
  assert.equal(virtual('tun'), { kind: 'exempt', needsVoice: true });
  assert.equal(virtual('tun', 'fq_codel'), { kind: 'exempt', needsVoice: false });
  assert.equal(virtual('unknown', 'blackhole'), { kind: 'exempt', needsVoice: true });
});

test.run();
