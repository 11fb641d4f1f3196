import { SYS_BUS } from '../paths.ts';
import type { System } from '../system/system.ts';

/** A device without a driver, by its sysfs path and the alias its driver is found by. */
export interface WaitingDevice {
  path: string;
  modalias: string;
}

/** An attribute's text; '' when the device has none or has just gone, which is the same to us. */
export function readAttribute(system: System, path: string): string {
  try {
    return system.readFile(path).trim();
  } catch {
    return '';
  }
}

/** Every device on any bus that has a modalias and no driver: what a blocked module may be waiting for. */
export function readWaitingDevices(system: System): WaitingDevice[] {
  const buses = list(system, SYS_BUS).map((bus) => `${SYS_BUS}/${bus}/devices`);
  const devices = buses.flatMap((dir) => list(system, dir).map((name) => `${dir}/${name}`));
  return devices.flatMap((path) => {
    if (system.exists(`${path}/driver`)) return [];
    const modalias = readAttribute(system, `${path}/modalias`);
    return modalias === '' ? [] : [{ path, modalias }];
  });
}

function list(system: System, dir: string): string[] {
  try {
    return system.listDirectory(dir);
  } catch {
    return [];
  }
}
