import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_QDISC, REPORT } from '../../src/paths.ts';
import { boot, coldplug, eth0, HOOK_EXIT, hook, REAL, rules } from './machine.ts';

function running() {
  const fake = boot('');
  hook(fake, 'early');
  coldplug(fake);
  return fake;
}

test('a machine on which all is as decided verifies, and leaves its report for others', () => {
  const fake = running();
  assert.is(hook(fake, 'verify'), HOOK_EXIT.ok);
  assert.is(JSON.parse(fake.system.readFile(REPORT)).interfaces[0].state, 'verified');
});

test('a card whose real address came back is shut off', () => {
  const fake = running();
  fake.system.setAddress(2, REAL);
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  assert.is(eth0(fake), undefined);
  assert.ok(rules(fake).includes('real-address'));
});

test('a default qdisc that the image set behind our back is set back, and said once', () => {
  const fake = running();
  fake.system.writeAttribute(DEFAULT_QDISC, 'fq_codel\n');
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  assert.match(fake.state.stdout, /\[mute-default\]/);
  assert.is(fake.system.readFile(DEFAULT_QDISC).trim(), 'blackhole');
  assert.is(hook(fake, 'verify'), HOOK_EXIT.ok);
});

test('status shows the same and changes nothing', () => {
  const fake = running();
  fake.system.setAddress(2, REAL);
  assert.is(hook(fake, 'status'), HOOK_EXIT.findings);
  assert.match(fake.state.stdout, /its address is a real one/);
  assert.is(eth0(fake)?.address, REAL);
});

test('a card that failed does not recover by a second look', () => {
  const path = '/sys/class/net/eth0/device/driver/unbind';
  const fake = running();
  fake.faults.push({ call: 'writeAttribute', path, effect: 'throw', code: 'EPERM' });
  const given = eth0(fake)?.address ?? '';
  fake.system.setAddress(2, REAL);
  hook(fake, 'verify');
  fake.system.setAddress(2, given);
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  assert.is(eth0(fake)?.up, false);
});

test('a driver that comes back with the same card gives it the address of this session', () => {
  const fake = running();
  const given = eth0(fake)?.address;
  fake.system.run('modprobe', ['-r', 'e1000'], 1000);
  coldplug(fake);
  assert.equal([eth0(fake)?.ifindex, eth0(fake)?.address], [3, given]);
});

test('a record that cannot be read stops everything: forgetting is not safe', () => {
  const fake = running();
  fake.system.writeFile('/run/macveil/interfaces/2.json', '{');
  assert.is(hook(fake, 'verify'), HOOK_EXIT.internal);
});

test('wrong words are answered with the usage', () => {
  for (const args of [[], ['bogus'], ['status', '--xml'], ['decide'], ['early', 'now']]) {
    const fake = boot('');
    assert.is(hook(fake, ...args), HOOK_EXIT.usage);
    assert.match(fake.state.stderr, /^usage: macveil-hook COMMAND/);
  }
});

test('--help goes to standard output', () => {
  const fake = boot('');
  assert.is(hook(fake, '--help'), HOOK_EXIT.ok);
  assert.match(fake.state.stdout, /net-add IFINDEX/);
});

test.run();
