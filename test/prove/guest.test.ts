import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isInSlot, LIST_INTERFACES, parseInterfaces } from '../../src/prove/guest.ts';

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

test('a guest without interfaces prints nothing', () => {
  assert.equal(parseInterfaces(''), []);
});

test('a device is matched by the slot it sits in or behind', () => {
  assert.ok(isInSlot(DEVICE, 15));
  assert.ok(isInSlot('/sys/devices/pci0000:00/0000:00:11.0/usb1/1-1/1-1:1.0', 17));
  assert.not.ok(isInSlot(DEVICE, 1));
});

test('the listing runs in a POSIX shell and leaves lo out', () => {
  const { stdout, exitCode } = execaSync('sh', ['-c', LIST_INTERFACES]);
  assert.is(exitCode, 0);
  assert.not.ok(parseInterfaces(stdout).some(({ name }) => name === 'lo'));
});

test.run();
