import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MANAGER_UNITS } from '../../src/core/managers.ts';
import { MASK, PUT_AWAY_LIST, SYSTEMD_CONTROL } from '../../src/paths.ts';
import type { FakeInitial, Fault } from '../../src/system/fake.ts';
import { boot, coldplug, eth0, hook, REAL, rules, STUCK, wired } from './machine.ts';

const OTHER = { bus: 'pci', id: '0000:00:04.0', driver: 'tulip', module: 'tulip', modalias: 'pci:tulip' };
const NM = { '/proc/700/comm': 'NetworkManager\n', '/proc/700/cmdline': 'NetworkManager\0' };
const [NO_UNBIND] = STUCK as [Fault, Fault];
const LIE: Fault = { call: 'setAddress', ifindex: 2, effect: 'lie' };

/** A card whose address cannot be changed, in a machine in which this is refused as well. */
function failing(faults: Fault[], initial: FakeInitial = {}) {
  const fake = boot('', initial);
  hook(fake, 'early');
  fake.faults.push(LIE, ...faults);
  coldplug(fake);
  return fake;
}

const record = (fake: ReturnType<typeof failing>) =>
  JSON.parse(fake.system.readFile('/run/macveil/interfaces/2.json'));

test('a card that cannot be anonymised loses its driver, and nothing else is touched', () => {
  const fake = failing([], { files: NM });
  assert.equal([eth0(fake), record(fake).away], [undefined, 'unbound']);
  assert.ok(fake.system.exists('/sys/module/e1000') && fake.system.exists('/proc/700/comm'));
});

test('a driver that does not let it go is blocked, then unloaded', () => {
  const fake = failing([NO_UNBIND]);
  assert.equal([eth0(fake), record(fake).away], [undefined, 'unloaded']);
  assert.match(fake.system.readFile(PUT_AWAY_LIST), /^blacklist e1000\ninstall e1000 \/bin\/false\n/);
  assert.ok(rules(fake).includes('shut-off-unbind'));
});

test('an unbind that is claimed and not done does not count', () => {
  const fake = failing([{ ...NO_UNBIND, effect: 'lie' }]);
  assert.is(record(fake).away, 'unloaded');
});

test('modules that use the driver go first', () => {
  const fake = boot('');
  hook(fake, 'early');
  fake.faults.push(LIE, NO_UNBIND);
  fake.system.run('modprobe', ['-abq', 'pci:v8086d100E'], 1000);
  fake.state.machine.files.put('/sys/module/e1000/holders/user', '');
  fake.state.machine.files.addDirectory('/sys/module/user/holders');
  const order: string[] = [];
  fake.system.unloadModule = (name) => void order.push(name);
  hook(fake, 'net-add', '2');
  assert.equal(order, ['user', 'e1000']);
});

test('a driver that stays as well costs all networking, for good', () => {
  const fake = failing(STUCK, { files: NM });
  assert.equal([eth0(fake)?.up, eth0(fake)?.qdisc, record(fake).away], [false, 'blackhole', 'all-off']);
  assert.not.ok(fake.system.exists(MASK) || fake.system.exists('/proc/700/comm'));
  for (const unit of MANAGER_UNITS) assert.is(fake.system.readFile(`${SYSTEMD_CONTROL}/${unit}`), '');
  assert.ok(rules(fake).includes('all-off'));
  assert.is(hook(fake, 'decide', 'spoof'), 3);
});

test('with all networking off a card that was verified is silenced, and a new one stays so', () => {
  const second = { ...wired({ device: OTHER }), name: 'eth1', address: '00:c0:f0:00:00:01' };
  const fake = boot('', { interfaces: [second, wired()] });
  hook(fake, 'early');
  coldplug(fake, OTHER.modalias);
  fake.system.setUp(2, true);
  fake.faults.push({ ...LIE, ifindex: 3 }, ...STUCK);
  coldplug(fake);
  const states = fake.state.links.slice(1).map(({ up, qdisc }) => [up, qdisc]);
  assert.equal(states, [
    [false, 'blackhole'],
    [false, 'blackhole'],
  ]);
  hook(fake, 'verify');
  assert.is(fake.state.links[1]?.qdisc, 'blackhole');
});

test('systemd is asked to stop the managers where it runs, once', () => {
  const asked: string[][] = [];
  const programs = {
    systemctl: (args: string[]) => {
      asked.push(args);
      return {};
    },
  };
  const fake = failing(STUCK, { programs, directories: ['/run/systemd/system'] });
  hook(fake, 'verify');
  assert.equal(
    asked.map(([word]) => word),
    ['daemon-reload', 'stop'],
  );
  assert.not.ok(asked[1]?.some((unit) => unit.includes('@')));
});

test('a manager that cannot be stopped is a finding', () => {
  const fake = failing([...STUCK, { call: 'killProcess', effect: 'throw', code: 'ETIMEDOUT' }], {
    files: NM,
  });
  assert.ok(rules(fake).includes('shut-off-all-off'));
});

test('hardware that was put away stays so when its driver is bound to it again', () => {
  const fake = failing([]);
  fake.faults.length = 0;
  fake.system.writeAttribute('/sys/bus/pci/drivers/e1000/bind', '0000:00:03.0');
  hook(fake, 'net-add', String(eth0(fake)?.ifindex));
  assert.is(eth0(fake), undefined);
  assert.ok(rules(fake).includes('put-away-before'));
});

test('its device is reserved for no driver where the bus can do that', () => {
  const device = { ...OTHER, driver: 'e1000', module: 'e1000', modalias: 'pci:v8086d100E' };
  const reserved = { ...device, attributes: { driver_override: '\n' } };
  const fake = failing([], { interfaces: [wired({ device: reserved })] });
  assert.is(fake.system.readFile(`/sys/bus/pci/devices/${device.id}/driver_override`), 'macveil-put-away');
});

test('what is put away is told with the reason and how far', () => {
  const fake = failing([NO_UNBIND]);
  fake.state.stdout = '';
  hook(fake, 'status');
  assert.match(fake.state.stdout, /eth0 \(e1000\): failed, its driver unloaded/);
  assert.not.ok(fake.state.log.some(({ text }) => text.includes(REAL)));
});

test.run();
