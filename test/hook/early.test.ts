import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_QDISC, MASK, RUN_MODPROBE_DIR, RUN_SYSCTL } from '../../src/paths.ts';
import { boot, coldplug, eth0, HOOK_EXIT, hook, REAL, rules } from './machine.ts';

test('without a word on the command line the drivers are unblocked for udev and the card is spoofed', () => {
  const fake = boot('quiet');
  assert.is(hook(fake, 'early'), HOOK_EXIT.ok);
  coldplug(fake);
  const card = eth0(fake);
  assert.is(card?.address.slice(0, 8), REAL.slice(0, 8));
  assert.is.not(card?.address, REAL);
  assert.is(card?.qdisc, 'fq_codel');
  assert.equal(rules(fake), []);
});

test('keep opens the card with its own address', () => {
  const fake = boot('macveil=keep');
  hook(fake, 'early');
  coldplug(fake);
  assert.equal([eth0(fake)?.address, eth0(fake)?.qdisc], [REAL, 'fq_codel']);
  assert.equal(rules(fake), []);
});

for (const decision of ['ask', 'offline', 'bogus']) {
  test(`${decision} leaves the drivers blocked, and /run/modprobe.d there for later`, () => {
    const fake = boot(`macveil=${decision}`);
    hook(fake, 'early');
    coldplug(fake);
    assert.is(eth0(fake), undefined);
    assert.is(fake.system.exists(MASK), false);
    assert.is(fake.system.exists(RUN_MODPROBE_DIR), true);
  });
}

test('a command line that cannot be understood is said on the console and in status', () => {
  const fake = boot('macveil=spoof macveil=keep');
  assert.is(hook(fake, 'early'), HOOK_EXIT.findings);
  assert.ok(fake.state.log.some((line) => line.level === 'err' && line.text.includes('contradict')));
  assert.equal(rules(fake), ['blocked']);
});

test('a command line that cannot be read keeps the network blocked', () => {
  const fake = boot('', {
    faults: [{ call: 'readFile', path: '/proc/cmdline', effect: 'throw', code: 'EACCES' }],
  });
  assert.is(hook(fake, 'early'), HOOK_EXIT.findings);
  assert.is(fake.system.exists(MASK), false);
});

test('new interfaces are mute from then on, in the root as well', () => {
  const fake = boot('');
  hook(fake, 'early');
  assert.is(fake.system.readFile(DEFAULT_QDISC).trim(), 'blackhole');
  assert.is(fake.system.readFile(RUN_SYSCTL), 'net.core.default_qdisc = blackhole\n');
});

test('nothing is unblocked when new interfaces cannot be made mute', () => {
  const fake = boot('', { faults: [{ call: 'writeAttribute', path: DEFAULT_QDISC, effect: 'lie' }] });
  assert.is(hook(fake, 'early'), HOOK_EXIT.system);
  assert.is(fake.system.exists(MASK), false);
});

test('nothing is unblocked when the decision cannot be written', () => {
  const fake = boot('', {
    faults: [{ call: 'writeFile', path: '/run/macveil/decision.json', effect: 'throw', code: 'ENOSPC' }],
  });
  assert.is(hook(fake, 'early'), HOOK_EXIT.system);
  assert.is(fake.system.exists(MASK), false);
});

test('nothing is unblocked when the kernel does not answer about interfaces', () => {
  const fake = boot('', { faults: [{ call: 'links', effect: 'throw' }] });
  assert.is(hook(fake, 'early'), HOOK_EXIT.system);
  assert.is(fake.system.exists(MASK), false);
});

test('an initramfs without a blocklist is complained about', () => {
  const fake = boot('');
  fake.system.removeFile('/usr/lib/modprobe.d/macveil-blocklist.conf');
  hook(fake, 'early');
  assert.ok(fake.state.log.some((line) => line.text.includes('no blocklist')));
});

test('a second run does not decide again', () => {
  const fake = boot('macveil=ask');
  hook(fake, 'early');
  hook(fake, 'decide', 'keep');
  hook(fake, 'early');
  assert.is(eth0(fake)?.address, REAL);
  assert.is(JSON.parse(fake.system.readFile('/run/macveil/decision.json')).decision, 'keep');
});

test.run();
