import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fake, FakeDevice } from '../../src/system/fake.ts';
import { type Change, SystemError } from '../../src/system/system.ts';
import { boot, coldplug, eth0, hook, REAL, STUCK, wired } from './machine.ts';

const RECORD = '/run/macveil/interfaces/2.json';

/** Something that happens while the watch waits, and how the kernel tells of it. */
type Happening = (fake: Fake) => Change;

/** A machine in which these things happen one after the other, until the kernel refuses to wait any longer. */
function watched(happenings: Happening[], cmdline = '', prepare: (fake: Fake) => void = () => {}) {
  const rest: Happening[] = [() => 'begun', ...happenings];
  const onWait = (): Change => {
    const next = rest.shift();
    if (!next) throw new SystemError('wait for changes', 'EBADF');
    return next(fake);
  };
  const fake = boot(cmdline, { onWait });
  hook(fake, 'early');
  coldplug(fake);
  prepare(fake);
  fake.calls.length = 0;
  hook(fake, 'watch');
  return fake;
}

const setAddress =
  (address: string): Happening =>
  (fake) => {
    fake.system.setAddress(2, address);
    return 'links';
  };
const locks = (fake: Fake) => fake.calls.filter(({ call }) => call === 'lock').length;

test('an address that is set back to the real one costs the card its driver', () => {
  assert.is(eth0(watched([setAddress(REAL)])), undefined);
});

test('an address that nobody gave is answered alike', () => {
  assert.is(eth0(watched([setAddress('00:1b:21:00:00:01')])), undefined);
});

test('a card that comes up and goes down is as it should be: nothing is done', () => {
  const up =
    (value: boolean): Happening =>
    (fake) => {
      fake.system.setUp(2, value);
      return 'links';
    };
  const fake = watched([up(true), up(false), up(true)]);
  assert.equal([eth0(fake)?.up, locks(fake)], [true, 1]);
});

test('a new card that is mute is left to its udev event, one that somebody opened is handled at once', () => {
  const late = { ...wired(), name: 'eth1', address: '00:1b:21:0a:0b:0d' };
  const plug = (): Happening => (fake) => {
    fake.state.machine.add(late);
    return 'links';
  };
  const open: Happening = (fake) => {
    fake.system.setUp(3, true);
    return 'links';
  };
  assert.is(watched([plug()]).state.links[2]?.address, late.address);
  assert.is.not(watched([plug(), open]).state.links[2]?.address, late.address);
});

test('a card that changes while another one is seen to is seen to as well', () => {
  const fake = watched([setAddress(REAL)], '', (machine) => {
    const other = { ...wired(), name: 'eth1', address: '00:1b:21:0a:0b:0d' };
    machine.state.machine.add({ ...other, device: { ...(other.device as FakeDevice), id: '0000:00:04.0' } });
    hook(machine, 'net-add', '3');
    const act = () => machine.state.machine.setAddress(3, other.address);
    machine.faults.push({ call: 'writeFile', path: RECORD, effect: 'race', act, times: 1 });
  });
  assert.equal(fake.state.links.slice(1), []);
});

test('a held card that is given a qdisc is muted again', () => {
  const unmute: Happening = (fake) => {
    fake.system.replaceQdisc(2, { kind: 'fq_codel', parent: 0xffffffff, handle: 0 });
    return 'links';
  };
  const fake = watched([unmute], 'macveil=ask', (machine) => {
    machine.state.machine.load('e1000');
    hook(machine, 'net-add', '2');
  });
  assert.is(eth0(fake)?.qdisc, 'blackhole');
});

test('a guard that is taken away is put back, and what another program does is not ours', () => {
  const take: Happening = (fake) => {
    fake.system.removeGuard(2);
    return 'guards';
  };
  const foreign: Happening = () => 'guards';
  const fake = watched([foreign, take, foreign]);
  assert.equal([fake.system.guards().length, locks(fake)], [1, 2]);
});

test('after suspend everything is looked at again', () => {
  const resume: Happening = (fake) => {
    fake.system.setAddress(2, REAL);
    return 'clock';
  };
  assert.is(eth0(watched([resume])), undefined);
});

test('what cannot be put right is not tried again and again', () => {
  const tell: Happening = () => 'links';
  const fake = watched([setAddress(REAL), tell, tell, tell], '', (machine) => {
    machine.faults.push(...STUCK);
  });
  assert.equal([eth0(fake)?.up, eth0(fake)?.qdisc, locks(fake)], [false, 'blackhole', 2]);
});

test('a look that fails is said, and the watch goes on', () => {
  const fail: Happening = (fake) => {
    fake.faults.push({ call: 'links', effect: 'throw', code: 'ENOBUFS', times: 1 });
    return 'links';
  };
  const fake = watched([fail, setAddress(REAL)]);
  assert.ok(fake.state.log.some(({ text }) => text.startsWith('watch: ')));
  assert.is(eth0(fake), undefined);
});

test.run();
