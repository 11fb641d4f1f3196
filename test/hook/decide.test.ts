import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DECISION, MASK } from '../../src/paths.ts';
import { boot, coldplug, eth0, HOOK_EXIT, hook, REAL, rules, uevents, wired } from './machine.ts';

function asked(cmdline = 'macveil=ask') {
  const fake = boot(cmdline);
  hook(fake, 'early');
  coldplug(fake);
  return fake;
}

for (const cmdline of ['macveil=ask', 'macveil=bogus']) {
  test(`after ${cmdline}, decide spoof loads the drivers, spoofs and verifies`, () => {
    const fake = asked(cmdline);
    assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.ok);
    assert.is.not(eth0(fake)?.address, REAL);
    assert.is(eth0(fake)?.qdisc, 'fq_codel');
    assert.equal(rules(fake), []);
  });
}

test('decide keep opens the card with its own address', () => {
  const fake = asked();
  assert.is(hook(fake, 'decide', 'keep'), HOOK_EXIT.ok);
  assert.equal([eth0(fake)?.address, eth0(fake)?.qdisc], [REAL, 'fq_codel']);
});

test('decide offline leaves everything blocked for good', () => {
  const fake = asked();
  assert.is(hook(fake, 'decide', 'offline'), HOOK_EXIT.ok);
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.refused);
  assert.equal([eth0(fake), fake.system.exists(MASK)], [undefined, false]);
});

test('a decision in force is not replaced, and the address does not change', () => {
  const fake = asked('');
  const before = eth0(fake)?.address;
  assert.is(hook(fake, 'decide', 'keep'), HOOK_EXIT.refused);
  assert.match(fake.state.stderr, /in force until power-off/);
  assert.is(eth0(fake)?.address, before);
});

test('a decision works in a boot in which early never ran', () => {
  const fake = boot('');
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.ok);
  assert.is.not(eth0(fake)?.address, REAL);
});

test('anything not right makes decide fail', () => {
  const fake = asked();
  fake.faults.push({ call: 'setAddress', effect: 'lie' });
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.findings);
  assert.is(eth0(fake), undefined);
});

test('a udev that stays busy is a finding, and what is there is handled all the same', () => {
  const programs = { udevadm: () => ({ status: 1 }) };
  const fake = boot('macveil=ask', { programs });
  hook(fake, 'early');
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.findings);
  assert.match(fake.state.stdout, /\[settle\]/);
  assert.is.not(eth0(fake)?.address, REAL);
});

test('a modprobe that is never done is a finding', () => {
  const fake = asked();
  fake.faults.push({ call: 'run', path: 'modprobe', effect: 'lie', value: { status: null, timedOut: true } });
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.findings);
  assert.match(fake.state.stdout, /\[drivers\]/);
});

test('only the aliases of devices without a driver are loaded, and no device is triggered', () => {
  const fake = asked();
  hook(fake, 'decide', 'spoof');
  const loaded = fake.calls.filter(({ call, args }) => call === 'run' && args[0] === 'modprobe');
  assert.equal(loaded.at(-1)?.args[1], ['-abq', 'pci:v8086d100E']);
  assert.not.ok(uevents(fake).some((path) => String(path).startsWith('/sys/bus/')));
});

test('of two who decide at once the second is refused: the decision is read and written in one turn', () => {
  const fake = asked();
  hook(fake, 'decide', 'keep');
  const order = fake.calls.map(({ call, args }) => `${call} ${args[0] ?? ''}`);
  const locked = order.indexOf('lock /run/macveil/lock');
  const written = order.lastIndexOf('writeFile /run/macveil/decision.json');
  assert.ok(locked >= 0 && locked < written);
  assert.not.ok(order.slice(locked, written).includes('unlock '));
});

test('the lock is not held while udev is waited for', () => {
  const held: boolean[] = [];
  const programs = {
    udevadm: () => {
      held.push(fake.state.locked !== '');
      return {};
    },
  };
  const fake = boot('macveil=ask', { programs });
  hook(fake, 'early');
  hook(fake, 'decide', 'spoof');
  assert.equal([...new Set(held)], [false]);
});

test('a driver that makes no interface of its device is a finding', () => {
  const fake = asked();
  const load = fake.state.machine.load;
  fake.state.machine.load = () => true;
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.findings);
  assert.match(fake.state.stdout, /devices for e1000.*\[no-driver\]/);
  fake.state.machine.load = load;
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.ok);
});

test('a computer without network cards has nothing to complain of', () => {
  const fake = boot('macveil=ask', { interfaces: [] });
  hook(fake, 'early');
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.ok);
});

test('a missing modprobe is a finding', () => {
  const fake = asked();
  fake.faults.push({ call: 'run', path: 'modprobe', effect: 'throw', code: 'ENOENT' });
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.findings);
  assert.match(fake.state.stdout, /\[drivers\]/);
});

test('unblock refuses while nothing is decided', () => {
  const fake = asked();
  assert.is(hook(fake, 'unblock'), HOOK_EXIT.refused);
  assert.is(eth0(fake), undefined);
});

test('unblock handles what udev has left over', () => {
  const fake = boot('', { interfaces: [wired({ loaded: true })] });
  hook(fake, 'early');
  assert.is(hook(fake, 'unblock'), HOOK_EXIT.ok);
  assert.is.not(eth0(fake)?.address, REAL);
});

test('a decision file that cannot be read blocks', () => {
  const fake = asked('');
  fake.system.writeFile(DECISION, '{"decision":');
  assert.is(hook(fake, 'unblock'), HOOK_EXIT.refused);
  assert.match(fake.state.stderr, /cannot be read/);
});

test.run();
