import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FakeInterface } from '../../src/system/fake.ts';
import { boot, coldplug, eth0, hook, REAL, rules, wired } from './machine.ts';

const MTU = '/sys/class/net/eth0/mtu';
const STATE = '/proc/sys/net/ipv6/conf/eth0';

/** A card that is there, with IPv6 on it; the kernel takes that off when the MTU is too small for it. */
function machine(cmdline: string, change: Partial<FakeInterface> = {}, forgets = true) {
  const files = { [MTU]: '1500\n', [`${STATE}/disable_ipv6`]: '0\n' };
  const fake = boot(cmdline, { interfaces: [wired({ loaded: true, ...change })], files });
  const drop = () => forgets && fake.state.machine.files.drop(STATE);
  fake.faults.push({ call: 'writeAttribute', path: MTU, effect: 'race', act: drop });
  return fake;
}

const mtus = (fake: ReturnType<typeof machine>) =>
  fake.calls
    .filter(({ call, args }) => call === 'writeAttribute' && args[0] === MTU)
    .map(({ args }) => args[1]);

test('a card that may have been up under its real address is forgotten by IPv6 before it may speak', () => {
  const fake = machine('', { up: true, qdisc: 'blackhole' });
  hook(fake, 'early');
  hook(fake, 'net-add', '2');
  assert.equal(mtus(fake), ['1279', '1500']);
  const calls = fake.calls.map(({ call, args }) => `${call} ${args[0]}`);
  const forgotten = calls.lastIndexOf(`writeAttribute ${MTU}`);
  assert.ok(calls.indexOf('setAddress 2') < forgotten && forgotten < calls.lastIndexOf('replaceQdisc 2'));
  assert.is(eth0(fake)?.qdisc, 'fq_codel');
});

test('a card that was held and opened later too: people may have brought it up meanwhile', () => {
  const fake = machine('macveil=ask');
  hook(fake, 'early');
  hook(fake, 'decide', 'spoof');
  assert.equal(mtus(fake), ['1279', '1500']);
  assert.equal(rules(fake), []);
});

test('a card that IPv6 does not forget is shut off', () => {
  const fake = machine('macveil=ask', {}, false);
  hook(fake, 'early');
  hook(fake, 'decide', 'spoof');
  assert.is(eth0(fake), undefined);
  assert.equal(rules(fake), ['ipv6-memory']);
});

test('a driver that refuses the small MTU leaves the card shut off', () => {
  const fake = machine('macveil=ask');
  fake.faults.unshift({ call: 'writeAttribute', path: MTU, effect: 'throw', code: 'EINVAL' });
  hook(fake, 'early');
  hook(fake, 'decide', 'spoof');
  assert.equal(rules(fake), ['ipv6-memory']);
});

test('under keep nothing has to be forgotten', () => {
  const fake = machine('macveil=keep');
  hook(fake, 'early');
  hook(fake, 'net-add', '2');
  assert.equal([eth0(fake)?.address, mtus(fake)], [REAL, []]);
});

test('a card that appears after early, and so never was up, is left as it is', () => {
  const fake = machine('', { loaded: false });
  hook(fake, 'early');
  coldplug(fake);
  assert.is(eth0(fake)?.qdisc, 'fq_codel');
  assert.equal(mtus(fake), []);
});

test.run();
