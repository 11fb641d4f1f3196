import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MASK } from '../../src/paths.ts';
import type { FakeInterface } from '../../src/system/fake.ts';
import { boot, eth0, HOOK_EXIT, hook, REAL, rules, wired } from './machine.ts';

/** A machine whose card was there before the hook. */
function machine(cmdline: string, change: Partial<FakeInterface> = {}) {
  return boot(cmdline, { interfaces: [wired({ loaded: true, ...change })] });
}

/** udev's coldplug: the rule runs for an interface that is there already. */
const coldplugPresent = (fake: ReturnType<typeof boot>) => hook(fake, 'net-add', '2');

test('a card that is there has a qdisc of its own before anything is decided, and is announced', () => {
  const fake = machine('macveil=ask');
  assert.is(hook(fake, 'early'), HOOK_EXIT.ok);
  assert.equal([eth0(fake)?.up, eth0(fake)?.qdisc], [false, 'blackhole']);
  const line = fake.state.log.find(({ text }) => text.includes('there before the decision'));
  assert.equal([line?.level, line?.text.startsWith('eth0 (e1000)')], ['info', true]);
});

test('it is silenced before the decision is even written', () => {
  const fake = machine('');
  hook(fake, 'early');
  const calls = fake.calls.map(({ call, args }) => `${call} ${args[0]}`);
  const muted = calls.indexOf('replaceQdisc 2');
  assert.ok(muted >= 0 && muted < calls.indexOf('writeFile /run/macveil/decision.json'));
});

test('a card that is up is taken down, and that is a finding', () => {
  const fake = machine('macveil=offline', { up: true, qdisc: 'pfifo_fast', txPackets: 4 });
  hook(fake, 'early');
  assert.equal([eth0(fake)?.up, eth0(fake)?.qdisc], [false, 'blackhole']);
  assert.equal(rules(fake), ['before-decision']);
  assert.ok(fake.state.log.some(({ level, text }) => level === 'err' && text.includes('sent 4 frames')));
});

test('under spoof a card that was merely there is anonymised like any other', () => {
  const fake = machine('');
  hook(fake, 'early');
  coldplugPresent(fake);
  assert.is.not(eth0(fake)?.address, REAL);
  assert.is(eth0(fake)?.qdisc, 'fq_codel');
  assert.equal(rules(fake), []);
});

test('under spoof a card that was up and sent nothing is opened, and the finding stays', () => {
  const fake = machine('', { up: true, qdisc: 'pfifo_fast' });
  hook(fake, 'early');
  coldplugPresent(fake);
  assert.is.not(eth0(fake)?.address, REAL);
  assert.equal(rules(fake), ['before-decision']);
});

test('under spoof a card that had sent is shut off: its real address may have been seen', () => {
  const fake = machine('', { up: true, qdisc: 'pfifo_fast', txPackets: 4 });
  hook(fake, 'early');
  coldplugPresent(fake);
  assert.is(eth0(fake), undefined);
  assert.equal(rules(fake), ['before-decision', 'silent-before']);
});

test('under keep a card that was up is right', () => {
  const fake = machine('macveil=keep', { up: true, qdisc: 'pfifo_fast', txPackets: 4 });
  hook(fake, 'early');
  coldplugPresent(fake);
  assert.equal([eth0(fake)?.address, eth0(fake)?.qdisc], [REAL, 'fq_codel']);
  assert.equal(rules(fake), []);
});

for (const decision of ['ask', 'offline', 'bogus']) {
  test(`${decision} holds a card that is there, also when its event comes`, () => {
    const fake = machine(`macveil=${decision}`);
    hook(fake, 'early');
    coldplugPresent(fake);
    fake.system.setUp(2, true);
    assert.equal([eth0(fake)?.address, eth0(fake)?.qdisc], [REAL, 'blackhole']);
  });
}

test('decide opens a card that was there and held', () => {
  const fake = machine('macveil=ask');
  hook(fake, 'early');
  assert.is(hook(fake, 'decide', 'spoof'), HOOK_EXIT.ok);
  assert.is.not(eth0(fake)?.address, REAL);
});

for (const call of ['setUp', 'replaceQdisc'] as const) {
  for (const effect of ['throw', 'lie'] as const) {
    test(`nothing is unblocked when a card that is there cannot be silenced (${call}: ${effect})`, () => {
      const fake = machine('', { up: true, qdisc: 'pfifo_fast' });
      fake.faults.push({ call, ifindex: 2, effect });
      assert.is(hook(fake, 'early'), HOOK_EXIT.system);
      assert.is(fake.system.exists(MASK), false);
      assert.match(fake.state.stderr, 'silence eth0 (e1000)');
    });
  }
}

test('a second card is silenced although the first one cannot be', () => {
  const other = { ...wired({ loaded: true }), name: 'eth1', address: '00:1b:21:0a:0b:0d' };
  const fake = boot('', { interfaces: [wired({ loaded: true }), other] });
  fake.faults.push({ call: 'replaceQdisc', ifindex: 2, effect: 'throw' });
  hook(fake, 'early');
  assert.equal(
    fake.state.links.slice(1).map(({ qdisc }) => qdisc),
    ['noop', 'blackhole'],
  );
});

test('what is virtual is left alone', () => {
  const fake = boot('', { interfaces: [{ name: 'dummy0', up: true, qdisc: 'noqueue' }] });
  assert.is(hook(fake, 'early'), HOOK_EXIT.ok);
  assert.is(fake.state.links[1]?.qdisc, 'noqueue');
  assert.equal(rules(fake), []);
});

test.run();
