import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hasDevice, isInSlot, LIST_INTERFACES, LIST_PCI, parseInterfaces } from '../../src/prove/guest.ts';

const DEVICE = '/sys/devices/pci0000:00/0000:00:0f.0/virtio2';

test('a line becomes an interface with its counters and state', () => {
  const [seen] = parseInterfaces(`ens15|${DEVICE}|00:16:3e:01:02:03|virtio_net|12|0x1003\n`);
  assert.equal(seen, {
    name: 'ens15',
    device: DEVICE,
    address: '00:16:3e:01:02:03',
    driver: 'virtio_net',
    txPackets: 12,
    up: true,
  });
});

test('an interface without IFF_UP is down', () => {
  assert.is(parseInterfaces('ens15|||driver|0|0x1002')[0]?.up, false);
});

test('a tunnel has neither device nor address', () => {
  assert.is(parseInterfaces('tun9||||0|0x1091')[0]?.address, '');
});

const UNREADABLE = {
  'a counter that could not be read': 'ens15||||  |0x1003',
  'no counter at all': 'ens15|||driver||0x1003',
  'no flags': 'ens15|||driver|0|',
  'a part missing': 'ens15|||0|0x1003',
  'words in place of an interface': 'cat: address: Invalid argument',
};

for (const [title, line] of Object.entries(UNREADABLE)) {
  test(`a line with ${title} is refused, not read as 0`, () => {
    assert.throws(() => parseInterfaces(line), /unreadable line/);
  });
}

test('a guest without interfaces prints nothing', () => {
  assert.equal(parseInterfaces(''), []);
});

test('a device is matched by the slot it sits in or behind', () => {
  assert.ok(isInSlot(DEVICE, 15));
  assert.ok(isInSlot('/sys/devices/pci0000:00/0000:00:11.0/usb1/1-1/1-1:1.0', 17));
  assert.not.ok(isInSlot(DEVICE, 1));
});

test('a card is there when its slot has a device, whatever its driver did', () => {
  assert.ok(hasDevice('0000:00:00.0\n0000:00:0f.0\n', 15));
  assert.not.ok(hasDevice('0000:00:00.0\n0000:00:0f.1\n', 15));
  assert.not.ok(hasDevice('', 15));
});

test('the list of PCI devices is one address a line', () => {
  const root = mkdtempSync(join(tmpdir(), 'macveil-pci-'));
  for (const name of ['0000:00:00.0', '0000:00:11.0']) mkdirSync(join(root, name));
  const { stdout } = execaSync('sh', ['-c', LIST_PCI.replace('/sys/bus/pci/devices', root)]);
  rmSync(root, { recursive: true });
  assert.ok(hasDevice(stdout, 17));
  assert.not.ok(hasDevice(stdout, 1));
});

test('the listing runs in a POSIX shell and leaves lo out', () => {
  const { stdout, exitCode } = execaSync('sh', ['-c', LIST_INTERFACES]);
  assert.is(exitCode, 0);
  assert.not.ok(parseInterfaces(stdout).some(({ name }) => name === 'lo'));
});

test.run();
