import { SYS_BUS, SYS_CLASS_NET, SYS_CLASS_RFKILL, SYS_MODULE } from '../../paths.ts';
import { SystemError } from '../system.ts';
import type { FakeAttribute, FakeFiles } from './files.ts';
import type { FakeDevice, FakeLink } from './types.ts';

/** What writing a device's name to `bind` and `unbind` of its driver does. */
export interface DriverSwitches {
  bind: (id: string) => void;
  unbind: (id: string) => void;
}

const ACTIONS = ['add', 'remove', 'change', 'move', 'online', 'offline', 'bind', 'unbind'];

/** Where the device itself stands in sysfs. */
export function devicePath(device: FakeDevice): string {
  return `/sys/devices/${device.bus}/${device.id}`;
}

/** The files of a device that is plugged in, with or without a driver. */
export function addDeviceFiles(files: FakeFiles, device: FakeDevice): void {
  const path = devicePath(device);
  const attributes = { modalias: `${device.modalias}\n`, ...device.attributes };
  for (const [name, text] of Object.entries(attributes)) files.put(`${path}/${name}`, text);
  files.put(`${path}/uevent`, uevent(device.attributes?.uevent ?? `MODALIAS=${device.modalias}\n`));
  files.addLink(`${path}/subsystem`, `${SYS_BUS}/${device.bus}`);
  files.addLink(`${SYS_BUS}/${device.bus}/devices/${device.id}`, path);
}

/** The files that a driver adds when it is bound to a device. */
export function addDriverFiles(files: FakeFiles, device: FakeDevice, switches: DriverSwitches): void {
  const driver = `${SYS_BUS}/${device.bus}/drivers/${device.driver}`;
  if (device.module) {
    const module = `${SYS_MODULE}/${device.module.replaceAll('-', '_')}`;
    files.addDirectory(module);
    files.addLink(`${driver}/module`, module);
  }
  files.addLink(`${driver}/${device.id}`, devicePath(device));
  files.addLink(`${devicePath(device)}/driver`, driver);
  files.put(`${driver}/unbind`, { read: () => '', write: switches.unbind });
  files.put(`${driver}/bind`, { read: () => '', write: switches.bind });
}

/** The files of an interface below /sys/class/net; they follow the link's state. */
export function addLinkFiles(files: FakeFiles, link: FakeLink): void {
  const device = link.origin.device;
  const path = `${device ? devicePath(device) : '/sys/devices/virtual'}/net/${link.name}`;
  const number = (read: () => number) => ({ read: () => `${read()}\n` });
  files.put(
    `${path}/ifindex`,
    number(() => link.ifindex),
  );
  files.put(
    `${path}/type`,
    number(() => link.type),
  );
  files.put(
    `${path}/addr_assign_type`,
    number(() => link.assignType),
  );
  files.put(
    `${path}/statistics/tx_packets`,
    number(() => link.txPackets),
  );
  files.put(`${path}/address`, { read: () => `${link.address}\n` });
  files.put(`${path}/uevent`, uevent(`INTERFACE=${link.name}\nIFINDEX=${link.ifindex}\n`));
  if (device) files.addLink(`${path}/device`, devicePath(device));
  if (link.origin.wireless) addRadioFiles(files, path, link);
  files.addLink(`${SYS_CLASS_NET}/${link.name}`, path);
}

/** The radio of an interface, with the switch by which rfkill(4) blocks it. */
function addRadioFiles(files: FakeFiles, path: string, { ifindex, radio }: FakeLink): void {
  const rfkill = `${path}/phy80211/rfkill${ifindex}`;
  const write = (text: string) => {
    radio.blocked = text.trim() !== '0';
  };
  files.put(`${rfkill}/soft`, { read: () => `${Number(radio.blocked)}\n`, write });
  files.put(`${rfkill}/type`, 'wlan\n');
  files.addLink(`${rfkill}/device`, `../../ieee80211/phy${ifindex}`);
  files.addLink(`${SYS_CLASS_RFKILL}/rfkill${ifindex}`, rfkill);
}

/** Takes the name of an action, perhaps with more words, as lib/kobject_uevent.c does. */
function uevent(text: string): FakeAttribute {
  const write = (event: string) => {
    if (!ACTIONS.includes(event.trim().split(' ')[0] ?? '')) throw new SystemError('write uevent', 'EINVAL');
  };
  return { read: () => text, write };
}
