import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DECISION, DEFAULT_QDISC, REPORT, RUN_SYSCTL } from '../../src/paths.ts';
import { SystemError } from '../../src/system/system.ts';
import {
  boot,
  coldplug,
  eth0,
  HOOK_EXIT,
  hook,
  REAL,
  rules,
  STUCK,
  uevents,
  wired,
  withPolicy,
} from './machine.ts';

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

test('an image whose policy ends the muteness with the boot has an ordinary default from the first verify on', () => {
  const fake = withPolicy({ mute: 'boot' }, () => {
    const machine = running();
    hook(machine, 'verify');
    return machine;
  });
  assert.is(fake.system.readFile(DEFAULT_QDISC).trim(), 'fq_codel');
  assert.is(fake.system.exists(RUN_SYSCTL), false);
});

test('a card that appears then is muted before anything else', () => {
  withPolicy({ mute: 'boot' }, () => {
    const fake = boot('', { interfaces: [wired({ fixedWhileUp: true })] });
    hook(fake, 'early');
    hook(fake, 'verify');
    fake.calls.length = 0;
    coldplug(fake);
    const changes = fake.calls.filter(({ call }) => call === 'replaceQdisc' || call === 'setAddress');
    assert.equal(
      changes.map(({ call }) => call),
      ['replaceQdisc', 'setAddress', 'replaceQdisc'],
    );
    assert.is(eth0(fake)?.qdisc, 'fq_codel');
  });
});

test('status shows the same and changes nothing', () => {
  const fake = running();
  fake.system.setAddress(2, REAL);
  assert.is(hook(fake, 'status'), HOOK_EXIT.findings);
  assert.match(fake.state.stdout, /its address is a real one/);
  assert.is(eth0(fake)?.address, REAL);
});

test('a card that failed does not recover by a second look', () => {
  const fake = running();
  fake.faults.push(...STUCK);
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

test('a card that speaks and changes back is muted too, so that bringing it up again is in vain', () => {
  const fake = running();
  fake.faults.push(...STUCK);
  fake.system.setAddress(2, REAL);
  hook(fake, 'verify');
  fake.system.setUp(2, true);
  assert.equal([eth0(fake)?.address, eth0(fake)?.qdisc], [REAL, 'blackhole']);
  assert.ok(rules(fake).includes('shut-off-unbind'));
});

test('a VPN that vanishes in mid-check does not save the cards behind it', () => {
  const fake = boot('', { interfaces: [{ name: 'tun0', kind: 'tun' }, wired()] });
  hook(fake, 'early');
  coldplug(fake);
  const card = eth0(fake)?.ifindex ?? 0;
  fake.faults.push({ call: 'replaceQdisc', ifindex: 2, effect: 'throw', code: 'ENODEV' });
  fake.system.setAddress(card, REAL);
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  assert.is(eth0(fake), undefined);
  assert.match(fake.state.stdout, /\[handling\]/);
});

test('udev is told when verify opens a card that its own event left unhandled', () => {
  const fake = boot('', { interfaces: [wired({ loaded: true })] });
  hook(fake, 'early');
  assert.is(hook(fake, 'verify'), HOOK_EXIT.ok);
  assert.equal(uevents(fake), ['/sys/class/net/eth0/uevent']);
  hook(fake, 'verify');
  assert.is(uevents(fake).length, 1);
});

test('a card is not taken for virtual because it is being renamed', () => {
  const fake = boot('macveil=ask', { interfaces: [wired({ loaded: true })] });
  hook(fake, 'early');
  fake.system.setUp(2, true);
  fake.faults.push({ call: 'readFile', path: '/sys/class/net/eth0/ifindex', effect: 'lie', value: '99' });
  assert.is(hook(fake, 'verify'), HOOK_EXIT.ok);
  assert.equal([eth0(fake)?.up, eth0(fake)?.qdisc], [false, 'blackhole']);
});

test('a card that was opened under another decision is shut off', () => {
  const fake = boot('macveil=keep');
  hook(fake, 'early');
  coldplug(fake);
  fake.system.writeFile(DECISION, '{"decision":"spoof","source":"decided","reason":""}');
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  assert.is(eth0(fake), undefined);
});

test('a ladder that cannot see its own effect leaves the card on record as failed', () => {
  const fake = running();
  fake.system.setAddress(2, REAL);
  let blind = false;
  const links = fake.system.links;
  fake.system.links = () => {
    if (blind) throw new SystemError('dump the links', 'EIO');
    return links();
  };
  const setUp = fake.system.setUp;
  fake.system.setUp = (ifindex, up) => {
    setUp(ifindex, up);
    blind = true;
  };
  hook(fake, 'verify');
  assert.is(JSON.parse(fake.system.readFile('/run/macveil/interfaces/2.json')).state, 'failed');
});

test('the other interface of a card that is in use is not unbound with it', () => {
  const other = { ...wired(), name: 'eth1', address: '00:1b:21:0a:0b:0d' };
  const fake = boot('', { interfaces: [wired(), other] });
  hook(fake, 'early');
  coldplug(fake);
  fake.system.setAddress(3, '00:1b:21:0a:0b:0d');
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  const states = fake.state.links.slice(1).map(({ name, up, qdisc }) => [name, up, qdisc]);
  assert.equal(states, [
    ['eth0', false, 'fq_codel'],
    ['eth1', false, 'blackhole'],
  ]);
});

test('a record that cannot be read stops everything: forgetting is not safe', () => {
  const fake = running();
  fake.system.writeFile('/run/macveil/interfaces/2.json', '{');
  assert.is(hook(fake, 'verify'), HOOK_EXIT.internal);
});

test.run();
