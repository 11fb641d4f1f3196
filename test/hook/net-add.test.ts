import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fault } from '../../src/system/fake.ts';
import { boot, coldplug, eth0, HOOK_EXIT, hook, REAL, rules, STUCK, wired } from './machine.ts';

function spoofed(...faults: Fault[]) {
  const fake = boot('');
  hook(fake, 'early');
  fake.faults.push(...faults);
  coldplug(fake);
  return fake;
}

test('udev is told the outcome as a property', () => {
  const fake = spoofed();
  assert.is(fake.state.stdout, 'MACVEIL=verified\n');
});

const FAULTS: [title: string, fault: Fault, rule: string][] = [
  ['refuses to set the address', { call: 'setAddress', effect: 'throw', code: 'EOPNOTSUPP' }, 'set-address'],
  ['claims to have set the address', { call: 'setAddress', effect: 'lie' }, 'real-address'],
  ['refuses every qdisc', { call: 'replaceQdisc', effect: 'throw', code: 'EPERM' }, 'voice'],
  ['claims to have set the qdisc', { call: 'replaceQdisc', effect: 'lie' }, 'still-mute'],
];

for (const [title, fault, rule] of FAULTS) {
  test(`a kernel that ${title} costs the card its driver, and the report says so`, () => {
    const fake = spoofed(fault);
    assert.is(eth0(fake), undefined);
    assert.is(fake.state.stdout, 'MACVEIL=failed\n');
    assert.ok(rules(fake).includes(rule));
    assert.ok(fake.state.log.some((line) => line.level === 'err' && line.text.includes('eth0 (e1000)')));
  });
}

test('no log line carries the real address', () => {
  const fake = spoofed({ call: 'setAddress', effect: 'throw' });
  assert.not.ok(fake.state.log.some((line) => line.text.includes(REAL)));
});

test('a card that cannot be put away stays down and mute, and all is reported', () => {
  const fake = spoofed({ call: 'setAddress', effect: 'lie' }, ...STUCK);
  assert.equal([eth0(fake)?.up, eth0(fake)?.qdisc], [false, 'blackhole']);
  for (const rule of ['all-off', 'shut-off-unbind', 'shut-off-unload'])
    assert.ok(rules(fake).includes(rule), rule);
});

test('a full /run leaves the card mute with its address unchanged, and nobody is told it is verified', () => {
  const fake = spoofed({ call: 'writeFile', effect: 'throw', code: 'ENOSPC' });
  assert.equal([eth0(fake)?.address, eth0(fake)?.qdisc, fake.state.stdout], [REAL, 'noop', '']);
});

test('without random bytes the card stays mute', () => {
  const fake = spoofed({ call: 'randomBytes', effect: 'throw', code: 'ENOSYS' });
  assert.equal([eth0(fake)?.address, eth0(fake)?.qdisc, fake.state.stdout], [REAL, 'noop', '']);
});

test('a second look at a verified card asks for no random bytes', () => {
  const fake = spoofed();
  fake.calls.length = 0;
  fake.faults.push({ call: 'randomBytes', effect: 'throw', code: 'ENOSYS' });
  assert.is(hook(fake, 'net-add', '2'), HOOK_EXIT.ok);
  assert.not.ok(fake.calls.some(({ call }) => call === 'randomBytes'));
});

test('keep asks for no random bytes, which may not be ready yet', () => {
  const fake = boot('macveil=keep');
  hook(fake, 'early');
  coldplug(fake);
  assert.not.ok(fake.calls.some(({ call }) => call === 'randomBytes'));
});

test('a kernel without fq_codel gets the qdisc that is always there', () => {
  const fake = boot('');
  hook(fake, 'early');
  fake.faults.push({ call: 'replaceQdisc', effect: 'throw', code: 'ENOENT', times: 1 });
  coldplug(fake);
  assert.is(eth0(fake)?.qdisc, 'pfifo_fast');
  assert.equal(rules(fake), []);
});

test('a card that somebody brought up first is taken down before its address changes', () => {
  const fake = boot('', { interfaces: [wired({ up: true, fixedWhileUp: true })] });
  hook(fake, 'early');
  coldplug(fake);
  assert.is.not(eth0(fake)?.address, REAL);
  assert.equal(rules(fake), []);
});

test('a card that sent a frame before it was verified is shut off', () => {
  const fake = boot('', { interfaces: [wired({ txPackets: 1 })] });
  hook(fake, 'early');
  coldplug(fake);
  assert.is(eth0(fake), undefined);
  assert.equal(rules(fake), ['silent-before']);
});

test('a second event, as after a rename, changes nothing', () => {
  const fake = spoofed();
  const before = eth0(fake)?.address;
  const changes = () =>
    fake.calls.filter(({ call }) => call === 'setAddress' || call === 'replaceQdisc').length;
  const count = changes();
  hook(fake, 'net-add', String(eth0(fake)?.ifindex));
  assert.equal([eth0(fake)?.address, changes()], [before, count]);
});

test('the order is: remember, change, read back, remember as verified, speak', () => {
  const fake = spoofed();
  const order = fake.calls
    .map(({ call }) => call)
    .filter((call) => /^(writeFile|setAddress|replaceQdisc)$/.test(call));
  assert.equal(order.slice(-4), ['writeFile', 'setAddress', 'writeFile', 'replaceQdisc']);
});

test('an interface that has gone again is no error', () => {
  const fake = boot('');
  hook(fake, 'early');
  assert.is(hook(fake, 'net-add', '99'), HOOK_EXIT.ok);
});

test('what is no ifindex is a usage error', () => {
  for (const text of ['eth0', '-1', '0', '1.5'])
    assert.is(hook(boot(''), 'net-add', text), HOOK_EXIT.usage, text);
});

test('a card of many queues gets its voice in every one', () => {
  const fake = boot('', { interfaces: [wired({ txQueues: 4 })] });
  hook(fake, 'early');
  coldplug(fake);
  const leaves = fake.system.qdiscs(2).filter(({ kind }) => kind !== 'mq');
  assert.equal(
    leaves.map(({ kind }) => kind),
    Array(4).fill('fq_codel'),
  );
});

test('a card of many queues that somebody brought up too early is known to be mute', () => {
  const fake = boot('macveil=ask', { interfaces: [wired({ txQueues: 4 })] });
  hook(fake, 'early');
  hook(fake, 'unblock');
  fake.state.machine.load('e1000');
  fake.system.setUp(2, true);
  assert.equal([eth0(fake)?.qdisc, rules(fake)], ['mq', []]);
});

test('a radio gets its voice, and one that fails is muted although it was born without a qdisc', () => {
  const radio = wired({ wireless: true, queueless: true });
  const fake = boot('', { interfaces: [radio] });
  hook(fake, 'early');
  coldplug(fake);
  assert.is(eth0(fake)?.qdisc, 'fq_codel');
  fake.faults.push(...STUCK);
  fake.system.setAddress(2, REAL);
  hook(fake, 'net-add', '2');
  assert.equal([eth0(fake)?.up, eth0(fake)?.qdisc], [false, 'blackhole']);
});

test('a radio that is there before the decision is muted by a qdisc of its own', () => {
  const fake = boot('macveil=ask', {
    interfaces: [wired({ loaded: true, wireless: true, queueless: true })],
  });
  hook(fake, 'early');
  hook(fake, 'net-add', '2');
  assert.is(eth0(fake)?.qdisc, 'blackhole');
});

test('trouble with the records of cards does not touch a bridge', () => {
  const fake = boot('', { interfaces: [{ name: 'br0', kind: 'bridge' }] });
  hook(fake, 'early');
  fake.system.makeDirectory('/run/macveil/interfaces');
  fake.system.writeFile('/run/macveil/interfaces/9.json', '{');
  assert.is(hook(fake, 'net-add', '2'), HOOK_EXIT.ok);
  assert.is(fake.state.stdout, 'MACVEIL=exempt\n');
});

test('a refusal that goes away when the card is taken down again is none', () => {
  const fake = spoofed({ call: 'setAddress', effect: 'throw', code: 'EBUSY', times: 1 });
  assert.is(fake.state.stdout, 'MACVEIL=verified\n');
});

test('a card that is there before the decision is held down and mute', () => {
  const fake = boot('macveil=ask', { interfaces: [wired({ loaded: true, up: true, qdisc: 'pfifo_fast' })] });
  hook(fake, 'early');
  hook(fake, 'net-add', '2');
  assert.equal(
    [eth0(fake)?.up, eth0(fake)?.qdisc, fake.state.stdout],
    [false, 'blackhole', 'MACVEIL=mute\n'],
  );
});

test.run();
