import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createFake, type FakeInterface } from '../../src/system/fake.ts';
import { SystemError } from '../../src/system/system.ts';

const REAL = '52:54:00:12:34:56';
const CARD: FakeInterface = {
  name: 'eth0',
  address: REAL,
  device: { bus: 'pci', id: '0000:00:03.0', driver: 'e1000', module: 'e1000', modalias: 'pci:v8086' },
};
const BLOCKLIST = { '/usr/lib/modprobe.d/macveil-blocklist.conf': 'install e1000 /bin/false\n' };

test('a loaded card shows its permanent address, its driver and its device', () => {
  const { system } = createFake({ interfaces: [CARD] });
  assert.is(system.links()[1]?.permanentAddress, REAL);
  assert.is(system.readLink('/sys/class/net/eth0/device/driver'), '/sys/bus/pci/drivers/e1000');
  assert.is(system.readFile('/sys/class/net/eth0/device/modalias'), 'pci:v8086\n');
});

test('a card whose driver is not loaded appears, mute, when modprobe is given its modalias', () => {
  const { system } = createFake({ interfaces: [{ ...CARD, loaded: false }] });
  assert.is(system.links().length, 1);
  assert.is(system.run('modprobe', ['-ab', 'pci:v8086'], 1000).status, 0);
  assert.is(system.links()[1]?.qdisc, 'noop');
});

test('modprobe fails for a blocked module until the mask hides the blocklist', () => {
  const { system } = createFake({ interfaces: [{ ...CARD, loaded: false }], files: BLOCKLIST });
  assert.is(system.run('modprobe', ['e1000'], 1000).status, 1);
  system.makeDirectory('/run/modprobe.d');
  system.writeFile('/run/modprobe.d/macveil-blocklist.conf', '');
  assert.is(system.run('modprobe', ['e1000'], 1000).status, 0);
  assert.is(system.links().length, 2);
});

test('an unloaded module takes its interfaces with it', () => {
  const { system } = createFake({ interfaces: [CARD] });
  system.run('modprobe', ['-r', 'e1000'], 1000);
  assert.is(system.links().length, 1);
  assert.not.ok(system.exists('/sys/class/net/eth0'));
  assert.not.ok(system.exists('/sys/module/e1000'));
});

test('an unbound device loses its interface and its driver link', () => {
  const { system } = createFake({ interfaces: [CARD] });
  system.writeAttribute('/sys/bus/pci/drivers/e1000/unbind', '0000:00:03.0');
  assert.is(system.links().length, 1);
  assert.not.ok(system.exists('/sys/bus/pci/devices/0000:00:03.0/driver'));
});

test('a driver without live address change refuses one while up with EBUSY', () => {
  const { system } = createFake({ interfaces: [{ ...CARD, up: true, fixedWhileUp: true }] });
  assert.throws(() => system.setAddress(2, '52:54:00:00:00:01'), hasCode('EBUSY'));
});

test('a fault throws its code for the interface it names and for no other', () => {
  const faults = [{ call: 'setUp', ifindex: 2, effect: 'throw', code: 'EPERM' } as const];
  const { system } = createFake({ interfaces: [CARD], faults });
  assert.throws(() => system.setUp(2, true), hasCode('EPERM'));
  system.setUp(1, false);
  assert.is(system.links()[0]?.up, false);
});

test('a lying call claims success and does nothing', () => {
  const { system, faults } = createFake({ interfaces: [CARD] });
  faults.push({ call: 'setAddress', effect: 'lie' });
  system.setAddress(2, '52:54:00:00:00:01');
  assert.is(system.links()[1]?.address, REAL);
});

test('a fault with a number of times strikes so often', () => {
  const { system, faults } = createFake({ interfaces: [CARD] });
  faults.push({ call: 'links', effect: 'throw', times: 1 });
  assert.throws(() => system.links(), hasCode('EIO'));
  assert.is(system.links().length, 2);
});

test('calls are written down in order, those with faults too', () => {
  const { system, calls } = createFake({ faults: [{ call: 'setUp', effect: 'lie' }] });
  system.setUp(1, true);
  system.readFile('/proc/sys/net/core/default_qdisc');
  assert.equal(calls, [
    { call: 'setUp', args: [1, true] },
    { call: 'readFile', args: ['/proc/sys/net/core/default_qdisc'] },
  ]);
});

test('a scripted program sees its arguments and the machine', () => {
  const programs = {
    tool: (args: string[], machine: { links: unknown[] }) => ({ stdout: `${args}, ${machine.links.length}` }),
  };
  const { system } = createFake({ programs });
  assert.is(system.run('tool', ['a', 'b'], 1000).stdout, 'a,b, 1');
});

test('a written event is told with the path it was written to', () => {
  const events: string[] = [];
  const { system } = createFake({ interfaces: [CARD], onUevent: (path) => void events.push(path) });
  system.writeAttribute('/sys/class/net/eth0/uevent', 'add');
  system.writeAttribute('/sys/bus/pci/devices/0000:00:03.0/uevent', 'add');
  assert.throws(() => system.writeAttribute('/sys/class/net/lo/uevent', 'nonsense'), hasCode('EINVAL'));
  assert.equal(events, ['/sys/class/net/eth0/uevent', '/sys/bus/pci/devices/0000:00:03.0/uevent']);
});

test('a renamed interface takes its files along', () => {
  const { system, state } = createFake({ interfaces: [CARD] });
  state.machine.rename('eth0', 'lan');
  assert.equal(system.listDirectory('/sys/class/net'), ['lan', 'lo']);
  assert.is(system.readFile('/sys/class/net/lan/ifindex'), '2\n');
  assert.is(system.readLink('/sys/class/net/lan/device/driver'), '/sys/bus/pci/drivers/e1000');
  assert.is(system.links()[1]?.name, 'lan');
});

test('a race lets something happen just before the call', () => {
  const { system, state, faults } = createFake({ interfaces: [CARD] });
  faults.push({ call: 'setUp', effect: 'race', act: () => state.machine.remove('eth0'), times: 1 });
  assert.throws(() => system.setUp(2, true), hasCode('ENODEV'));
  assert.not.ok(system.exists('/sys/class/net/eth0'));
});

test('an interface that begins with mq has the default qdisc in each queue', () => {
  const { system } = createFake({ interfaces: [{ ...CARD, qdisc: 'mq', txQueues: 2 }] });
  const seen = system.qdiscs(2).map(({ kind, parent }) => [kind, parent]);
  assert.equal(seen, [
    ['mq', 0xffffffff],
    ['pfifo_fast', 1],
    ['pfifo_fast', 2],
  ]);
});

test('what is logged and printed can be read', () => {
  const { system, state } = createFake();
  system.log('err', 'one');
  system.print('stdout', 'two');
  assert.equal([state.log, state.stdout], [[{ level: 'err', text: 'one' }], 'two']);
});

const GUARD = { ifindex: 2, name: 'eth0', addresses: [REAL], closed: false };

test('a guard follows the rename of its interface and goes with it', () => {
  const { system, state } = createFake({ interfaces: [CARD] });
  system.setGuard(GUARD);
  state.machine.rename('eth0', 'enp0s3');
  assert.equal(system.guards(), [{ ...GUARD, name: 'enp0s3', dropped: 0 }]);
  state.machine.remove('enp0s3');
  assert.equal(system.guards(), []);
});

test('a machine without nf_tables refuses a guard, has none, and removes none without complaint', () => {
  const { system } = createFake({ interfaces: [CARD], noGuard: true });
  assert.throws(
    () => system.setGuard(GUARD),
    (error: SystemError) => error.code === 'EOPNOTSUPP',
  );
  system.removeGuard(2);
  assert.equal(system.guards(), []);
});

test.run();

function hasCode(code: string): (error: Error) => boolean {
  return (error) => error instanceof SystemError && error.code === code;
}
