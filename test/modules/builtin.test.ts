import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type BuiltinDrivers, findBuiltins } from '../../src/modules/builtin.ts';
import { DEFAULT_POLICY } from '../../src/modules/policy.ts';
import { withRoot } from './make-root.ts';

/** What kbuild writes for drivers that are part of the kernel, ordinary ones first. */
const ORDINARY = 'kernel/fs/ext4/ext4.ko\nkernel/drivers/net/phy/realtek.ko\nkernel/net/802/fddi.ko\n';
const ORDINARY_INFO = ['ext4.alias=fs-ext4', 'realtek.alias=mdio:0000000000011100110010010001????'];
const E1000 = 'kernel/drivers/net/ethernet/intel/e1000/e1000.ko';
const E1000_ALIAS = 'pci:v00008086d0000100Esv*sd*bc*sc*i*';
const E1000_INFO = [
  'e1000.license=GPL v2',
  'e1000.file=drivers/net/ethernet/intel/e1000/e1000',
  `e1000.alias=${E1000_ALIAS}`,
];

async function find(files: Record<string, string>): Promise<BuiltinDrivers> {
  let found: BuiltinDrivers = { drivers: [], makers: [], others: [], problem: 'not asked' };
  await withRoot({ keep: '', ...files }, async (root) => {
    found = await findBuiltins({ release: '1', directories: [root], files: [] }, DEFAULT_POLICY);
  });
  return found;
}

const modinfo = (entries: string[]) => entries.map((entry) => `${entry}\0`).join('');
const namesOf = ({ drivers }: BuiltinDrivers) => drivers.map(({ name }) => name);
/** Index files of a kernel with these drivers in it, besides the ordinary ones. */
const kernelWith = (paths: string[], info: string[]) => ({
  'modules.builtin': ORDINARY + paths.map((path) => `${path}\n`).join(''),
  'modules.builtin.modinfo': modinfo([...ORDINARY_INFO, ...info]),
});

test('a kernel without network drivers in it has none, and nothing is unknown', async () => {
  const others = ['realtek', 'ext4', 'fddi'];
  assert.equal(await find(kernelWith([], [])), { drivers: [], makers: [], others, problem: '' });
});

test('a known driver that is built in is found, with its class and a device alias', async () => {
  const { drivers, problem } = await find(kernelWith([E1000], E1000_INFO));
  const reason = 'makes interfaces in kernels in which it is a module';
  assert.equal(drivers, [{ name: 'e1000', path: E1000, alias: E1000_ALIAS, class: 'hardware', reason }]);
  assert.is(problem, '');
});

test('virtio_net is found, under the name of its file', async () => {
  const path = 'kernel/drivers/net/virtio_net.ko';
  const [driver] = (await find(kernelWith([path], ['virtio_net.alias=virtio:d00000001v*']))).drivers;
  assert.equal([driver?.name, driver?.alias], ['virtio_net', 'virtio:d00000001v*']);
});

test('a driver nobody has seen is found by its place and the bus it serves', async () => {
  const path = 'kernel/drivers/net/ethernet/future/nic-9000.ko';
  const [driver] = (await find(kernelWith([path], ['nic_9000.alias=pci:v0000ABCDd*']))).drivers;
  assert.equal([driver?.name, driver?.class], ['nic_9000', 'hardware']);
  assert.match(driver?.reason ?? '', 'devices of the pci bus');
});

test('its place tells the family too', async () => {
  const path = 'kernel/drivers/net/can/usb/future.ko';
  const [driver] = (await find(kernelWith([path], ['future.alias=usb:v1234p*']))).drivers;
  assert.is(driver?.class, 'can');
});

test('a driver that can only be built in stands in modinfo alone, and is found', async () => {
  const info = ['soc_nic.file=drivers/net/ethernet/soc/soc_nic', 'soc_nic.alias=of:N*T*Csoc,nic'];
  const [driver] = (await find(kernelWith([], info))).drivers;
  assert.is(driver?.path, 'kernel/drivers/net/ethernet/soc/soc_nic.ko');
});

test('a part of a network driver that serves a device without an interface is no finding', async () => {
  const path = 'kernel/drivers/net/ethernet/marvell/mvmdio.ko';
  assert.equal(namesOf(await find(kernelWith([path], ['mvmdio.alias=of:N*T*Cmarvell,orion-mdio']))), []);
});

test('something virtual among the network drivers is no driver of a device, but makes interfaces when asked', async () => {
  const path = 'kernel/drivers/net/netkit.ko';
  const { drivers, makers, others } = await find(kernelWith([path], ['netkit.alias=rtnl-link-netkit']));
  const reason = 'makes interfaces when asked by rtnl-link-netkit';
  assert.equal(drivers, []);
  assert.equal(makers, [{ name: 'netkit', path, class: 'virtual', alias: '', reason }]);
  assert.not(others.includes('netkit'));
});

for (const [name, path, kind] of [
  ['tun', 'kernel/drivers/net/tun.ko', 'virtual'],
  ['bridge', 'kernel/net/bridge/bridge.ko', 'virtual'],
  ['dvb_core', 'kernel/drivers/media/dvb-core/dvb-core.ko', 'media'],
] as const) {
  test(`${name} is known by its name to register interfaces`, async () => {
    const [maker] = (await find(kernelWith([path], []))).makers;
    assert.equal([maker?.name, maker?.class], [name, kind]);
  });
}

test('a class that is allowed as a module is no finding in the kernel either', async () => {
  const blocked = { ...DEFAULT_POLICY.blocked, hardware: false };
  await withRoot(kernelWith([E1000], E1000_INFO), async (root) => {
    const kernel = { release: '1', directories: [root], files: [] };
    assert.equal(namesOf(await findBuiltins(kernel, { ...DEFAULT_POLICY, blocked })), []);
  });
});

test('without modinfo (before Linux 5.2) known names are found, and it is said that others are not', async () => {
  const paths = `${ORDINARY}${E1000}\nkernel/drivers/net/ethernet/future/nic.ko\n`;
  const found = await find({ 'modules.builtin': paths });
  assert.equal(namesOf(found), ['e1000']);
  assert.match(found.problem, /may be missed: there is no modules\.builtin\.modinfo/);
});

test('without modules.builtin what modinfo knows is found, and the missing file is said', async () => {
  const found = await find({ 'modules.builtin.modinfo': modinfo(E1000_INFO) });
  assert.equal(namesOf(found), ['e1000']);
  assert.match(found.problem, /there is no modules\.builtin$/);
});

test('an index that is cut off is said, and what is left of it counts', async () => {
  const whole = kernelWith([E1000, 'kernel/drivers/net/virtio_net.ko'], E1000_INFO);
  const list = whole['modules.builtin'].slice(0, -5);
  const info = whole['modules.builtin.modinfo'].slice(0, -5);
  const found = await find({ 'modules.builtin': list, 'modules.builtin.modinfo': info });
  assert.equal(namesOf(found), ['e1000']);
  assert.match(found.problem, 'modules.builtin is cut off; modules.builtin.modinfo is cut off');
});

for (const garbage of [
  '\n\n\n',
  '../../../etc/passwd\n',
  '\0\0=.=\0',
  'a'.repeat(100_000),
  '\u00ff\u00fe\n',
]) {
  test(`an index of garbage is said to be one (${JSON.stringify(garbage.slice(0, 12))})`, async () => {
    const found = await find({ 'modules.builtin': garbage, 'modules.builtin.modinfo': garbage });
    assert.equal(found.drivers, []);
    assert.match(found.problem, /^built-in drivers may be missed: modules\.builtin /);
  });
}

test('an index of endless size is not read', async () => {
  await withRoot(kernelWith([], []), async (root) => {
    execFileSync('truncate', ['-s', '1G', join(root, 'modules.builtin')]);
    const found = await findBuiltins({ release: '1', directories: [root], files: [] }, DEFAULT_POLICY);
    assert.match(found.problem, 'modules.builtin is larger than 16 MiB');
  });
});

for (const [what, make] of [
  ['a FIFO', (path: string) => execFileSync('mkfifo', [path])],
  ['a directory', (path: string) => mkdirSync(path)],
  ['a link out of the root', (path: string) => symlinkSync('/proc/kmsg', path)],
] as const) {
  test(`${what} in the place of an index is not read`, async () => {
    await withRoot({ keep: '' }, async (root) => {
      make(join(root, 'modules.builtin'));
      const found = await findBuiltins({ release: '1', directories: [root], files: [] }, DEFAULT_POLICY);
      assert.match(found.problem, 'modules.builtin is not a regular file');
    });
  });
}

test('a root that is not merged has its index in one of two places', async () => {
  await withRoot({ 'empty/keep': '', 'full/keep': '' }, async (root) => {
    for (const [name, text] of Object.entries(kernelWith([E1000], E1000_INFO)))
      writeFileSync(join(root, 'full', name), text);
    const directories = [join(root, 'empty'), join(root, 'full')];
    const found = await findBuiltins({ release: '1', directories, files: [] }, DEFAULT_POLICY);
    assert.equal([namesOf(found), found.problem], [['e1000'], '']);
  });
});

test.run();
