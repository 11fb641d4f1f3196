import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FakeInitial } from '../../src/system/fake.ts';
import { boot, coldplug, eth0, hook, REAL, rules, STUCK, withPolicy } from './machine.ts';

const OPEN = { ifindex: 2, name: 'eth0', addresses: [REAL], closed: false, dropped: 0 };

function running(cmdline = '', initial: FakeInitial = {}) {
  const fake = boot(cmdline, initial);
  hook(fake, 'early');
  coldplug(fake);
  return fake;
}

test('a verified card may send everything but its real address', () => {
  assert.equal(running().system.guards(), [OPEN]);
});

test('the guard is there before anything is changed', () => {
  const fake = running();
  const order = fake.calls
    .map(({ call }) => call)
    .filter((call) => /^set(Guard|Address)|^replaceQdisc/.test(call));
  assert.equal(order, ['setGuard', 'setAddress', 'replaceQdisc']);
});

test('a hook that cannot go on leaves it there', () => {
  const fake = boot('');
  hook(fake, 'early');
  fake.faults.push({ call: 'writeFile', effect: 'throw', code: 'ENOSPC' });
  coldplug(fake);
  assert.equal(fake.system.guards(), [OPEN]);
});

test('keep needs none, and takes one away that was there before the decision', () => {
  const fake = boot('macveil=ask');
  hook(fake, 'early');
  fake.state.machine.load('e1000');
  hook(fake, 'net-add', '2');
  assert.equal(fake.system.guards(), [{ ...OPEN, closed: true }]);
  hook(fake, 'decide', 'keep');
  hook(fake, 'net-add', '2');
  assert.equal([fake.system.guards(), rules(fake)], [[], []]);
});

test('a card that cannot be put away may send nothing', () => {
  const fake = boot('');
  hook(fake, 'early');
  fake.faults.push({ call: 'setAddress', effect: 'lie' }, ...STUCK);
  coldplug(fake);
  assert.equal(fake.system.guards(), [{ ...OPEN, closed: true }]);
});

test('a guard that somebody took away is put back by verify', () => {
  const fake = running();
  fake.system.removeGuard(2);
  assert.equal(rules(fake), ['guard']);
  hook(fake, 'verify');
  assert.equal([fake.system.guards(), rules(fake)], [[OPEN], []]);
});

test('a guard that is as it should be is not touched', () => {
  const fake = running();
  fake.calls.length = 0;
  hook(fake, 'verify');
  assert.not.ok(fake.calls.some(({ call }) => call === 'setGuard'));
});

test('a kernel without guards is a finding, and the card is used', () => {
  const fake = running('', { noGuard: true });
  assert.equal([eth0(fake)?.qdisc, rules(fake)], ['fq_codel', ['guard']]);
  assert.not.ok(fake.state.log.some(({ text }) => text.includes(REAL)));
});

test('an image that wants one puts such a card away', () => {
  const fake = withPolicy({ guard: 'required' }, () => running('', { noGuard: true }));
  assert.is(eth0(fake), undefined);
});

test('a guard that cannot be opened does not keep the card silent for ever', () => {
  const fake = boot('macveil=ask');
  hook(fake, 'early');
  fake.state.machine.load('e1000');
  hook(fake, 'net-add', '2');
  const setGuard = fake.system.setGuard;
  fake.system.setGuard = (guard) => (guard.closed ? setGuard(guard) : undefined);
  hook(fake, 'decide', 'spoof');
  assert.equal([fake.system.guards(), rules(fake)], [[], ['guard']]);
});

test.run();
