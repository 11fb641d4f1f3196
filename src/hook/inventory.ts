import type { InterfaceFacts, Link } from '../core/link.ts';
import { SYS_BUS, SYS_CLASS_NET } from '../paths.ts';
import type { System } from '../system/system.ts';

/** ARPHRD_LOOPBACK (linux/if_arp.h): the one interface that is never of interest. */
const ARPHRD_LOOPBACK = 772;

/** Every interface but loopback, with what sysfs knows of it; `model` is for the one interface udev told us about. */
export function readInterfaces(system: System, model?: { ifindex: number; text: string }): InterfaceFacts[] {
  const links = system.links().filter((link) => link.type !== ARPHRD_LOOPBACK);
  return links.map((link) => withSysfs(system, link, model?.ifindex === link.ifindex ? model.text : ''));
}

/** A device without a driver, by its sysfs path and the alias its driver is found by. */
export interface WaitingDevice {
  path: string;
  modalias: string;
}

/** Every device on any bus that has a modalias and no driver: what a blocked module may be waiting for. */
export function readWaitingDevices(system: System): WaitingDevice[] {
  const buses = system.listDirectory(SYS_BUS).map((bus) => `${SYS_BUS}/${bus}/devices`);
  const devices = buses.flatMap((dir) => list(system, dir).map((name) => `${dir}/${name}`));
  return devices.flatMap((path) => {
    if (system.exists(`${path}/driver`)) return [];
    const modalias = attribute(system, `${path}/modalias`);
    return modalias === '' ? [] : [{ path, modalias }];
  });
}

function withSysfs(system: System, link: Link, model: string): InterfaceFacts {
  const dir = `${SYS_CLASS_NET}/${link.name}`;
  const physical = system.exists(`${dir}/device`);
  return {
    ...link,
    physical,
    wireless: physical && (system.exists(`${dir}/phy80211`) || system.exists(`${dir}/wireless`)),
    driver: physical ? driverOf(system, dir) : '',
    assignType: Number(attribute(system, `${dir}/addr_assign_type`) || 0),
    model,
  };
}

function driverOf(system: System, dir: string): string {
  try {
    return system.readLink(`${dir}/device/driver`).split('/').at(-1) ?? '';
  } catch {
    return '';
  }
}

/** An attribute's text; '' when the device has none or has just gone, which is the same to us. */
function attribute(system: System, path: string): string {
  try {
    return system.readFile(path).trim();
  } catch {
    return '';
  }
}

function list(system: System, dir: string): string[] {
  try {
    return system.listDirectory(dir);
  } catch {
    return [];
  }
}
