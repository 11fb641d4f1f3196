import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needsVoice, type Plan, planInterface, type Situation } from '../../src/core/plan.ts';
import { card, decided, GIVEN, REAL, record } from './samples.ts';

const opens = (plan: Plan, address: string, realAddress: string = REAL) =>
  assert.equal([plan.act, plan.realAddress, plan.address], ['change', realAddress, address]);

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
  opens(plan, GIVEN);
});

test('under keep a card opens with its own address', () => {
  const plan = planInterface(card(), situation({ decision: decided('keep') }));
  opens(plan, REAL);
});

for (const decision of ['ask', 'offline', 'blocked'] as const) {
  test(`under ${decision} a card is held`, () => {
    const plan = planInterface(card(), situation({ decision: decided(decision) }));
    assert.equal([plan.event, plan.act, plan.next], ['closed', 'silence', 'held']);
  });
}

test('a card without a permanent address is protected by the one it was born with', () => {
  const plan = planInterface(card({ permanentAddress: '' }), situation());
  assert.equal([plan.act, plan.realAddress], ['change', REAL]);
});

test('the permanent address is the real one even when the card was born with another', () => {
  const plan = planInterface(card({ address: '02:00:00:00:00:01' }), situation());
  opens(plan, GIVEN);
});

test('an address another interface has is not given', () => {
  const interfaces = [card(), card({ ifindex: 3, name: 'eth1', address: GIVEN, permanentAddress: '' })];
  const plan = planInterface(card(), situation({ interfaces }));
  assert.equal([plan.act, plan.address], ['change', '00:1b:21:44:55:66']);
});

test('the address a card was born with is not given back to it', () => {
  const born = card({ address: GIVEN });
  const plan = planInterface(born, situation({ interfaces: [born] }));
  assert.equal([plan.act, plan.address], ['change', '00:1b:21:44:55:66']);
});

test('a group address in the hardware is passed over for the one the card was born with', () => {
  const odd = card({ permanentAddress: 'ff:ff:ff:ff:ff:ff' });
  const plan = planInterface(odd, situation({ interfaces: [odd] }));
  opens(plan, GIVEN);
});

test('a monitor interface of a radio gets an address like any other', () => {
  const plan = planInterface(card({ type: 803, wireless: true }), situation());
  assert.equal([plan.act, plan.address], ['change', GIVEN]);
});

test('an attempt that was begun under another decision is shut off', () => {
  const begun = record({ state: 'begun', decision: 'keep' });
  const plan = planInterface(card(), situation({ records: [begun] }));
  assert.equal([plan.act, plan.findings[0]?.rule], ['put-away', 'other-decision']);
});

test("an address that is another card's real one is not given", () => {
  const other = record({ ifindex: 9, realAddress: GIVEN as never, permanentAddress: GIVEN });
  const plan = planInterface(card(), situation({ records: [other] }));
  assert.equal([plan.act, plan.address], ['change', '00:1b:21:44:55:66']);
});

test('a card that is plugged in again gets the address it had in this session', () => {
  const address = '00:1b:21:99:99:99';
  const plan = planInterface(
    card({ ifindex: 7 }),
    situation({ interfaces: [], records: [record({ address })] }),
  );
  assert.equal([plan.act, plan.address], ['change', address]);
});

test('a second interface of the same real address gets one of its own while the first is there', () => {
  const first = card({ address: '00:1b:21:99:99:99' });
  const second = card({ ifindex: 3 });
  const records = [record({ address: '00:1b:21:99:99:99' })];
  const plan = planInterface(second, situation({ interfaces: [first, second], records }));
  assert.equal([plan.act, plan.address], ['change', GIVEN]);
});

test('an attempt that was broken off goes on with the address it began with', () => {
  const begun = record({ state: 'begun', address: '00:1b:21:77:77:77' });
  const plan = planInterface(card({ address: '00:1b:21:77:77:77' }), situation({ records: [begun] }));
  opens(plan, '00:1b:21:77:77:77');
});

test('a card that was handled is only checked again', () => {
  const known = record();
  const plan = planInterface(card({ address: GIVEN }), situation({ records: [known] }));
  assert.equal([plan.event, plan.act, plan.record], ['right', 'speak', known]);
});

test('a record of another card that had the same ifindex does not count', () => {
  const plan = planInterface(
    card(),
    situation({ records: [record({ permanentAddress: '00:00:5e:00:53:01' })] }),
  );
  assert.is(plan.act, 'change');
});

test('a card whose type of address cannot be changed is shut off under spoof', () => {
  const infiniband = card({ type: 32, address: Array(20).fill('80').join(':'), permanentAddress: '' });
  const plan = planInterface(infiniband, situation());
  assert.equal([plan.act, plan.findings[0]?.rule], ['put-away', 'unsupported-type']);
});

test('a card without any address has nothing to hide and opens', () => {
  const plan = planInterface(card({ type: 519, address: '', permanentAddress: '' }), situation());
  opens(plan, '', '');
});

test('random bytes that yield nothing free shut the card off', () => {
  const plan = planInterface(card(), situation({ random: new Uint8Array() }));
  assert.equal([plan.act, plan.findings[0]?.rule], ['put-away', 'no-address']);
});

test('virtual interfaces are exempt, whatever the decision', () => {
  for (const decision of ['spoof', 'offline'] as const) {
    const plan = planInterface(card({ physical: false }), situation({ decision: decided(decision) }));
    assert.equal([plan.event, plan.act, plan.next], ['virtual', 'release', 'exempt']);
  }
});

test('virtual interfaces with a queue need their voice', () => {
  const virtual = (kind: string, qdisc = 'noop') => needsVoice(card({ physical: false, kind, qdisc }));
  assert.equal(
    [virtual('bridge'), virtual('tun'), virtual('tun', 'fq_codel'), virtual('unknown', 'blackhole')],
    [false, true, false, true],
  );
});

test('a card that fails once is put away however it looks later', () => {
  const failed = record({ state: 'failed', findings: [{ rule: 'set-address', text: 'refused' }] });
  const plan = planInterface(card({ address: GIVEN }), situation({ records: [failed] }));
  assert.equal([plan.act, plan.findings], ['put-away', failed.findings]);
});

test('a card that was put away stays so when it is plugged in again', () => {
  const failed = record({ state: 'failed', ifindex: 9 });
  const plan = planInterface(card(), situation({ records: [failed] }));
  assert.equal([plan.event, plan.findings[0]?.rule], ['returned', 'put-away-before']);
});

test('one without a usable address is known by its place', () => {
  const odd = { address: '', permanentAddress: '' };
  const failed = record({ state: 'failed', ifindex: 9, realAddress: '', ...{ permanentAddress: '' } });
  const at = (device: string) =>
    planInterface(card({ ...odd, device }), situation({ records: [failed] })).event;
  assert.equal([at(failed.device), at('../../../1-2:1.0')], ['returned', 'fit']);
});

test('a card that was verified and now breaks a rule is put away', () => {
  const plan = planInterface(card({ address: REAL }), situation({ records: [record()] }));
  assert.equal([plan.event, plan.act], ['wrong', 'put-away']);
});

test('a card that was verified is held when the decision closes the network', () => {
  const closed = situation({ decision: decided('offline'), records: [record()] });
  assert.is(planInterface(card({ address: GIVEN }), closed).act, 'silence');
});

test.run();
