import type { Nic } from './nics.ts';

/** A card as QEMU is told of it, at the start (`-device`) and later (`device_add`) alike; `driver` comes first. */
export type NicDevice = { driver: string; id: string } & Record<string, string>;

/** The controller that a USB card hangs on; it stays in the machine when the card is unplugged. */
export const usbController = ({ index, slot }: Nic): string =>
  `piix3-usb-uhci,id=usb${index},addr=${slotAddress(slot)}`;

/** QEMU's device for a card. `romfile` takes away the boot ROM: firmware that talks on the wire is not what is being proven. */
export function nicDevice({ index, model, address, slot }: Nic): NicDevice {
  const place: Record<string, string> =
    model.bus === 'usb' ? { bus: `usb${index}.0` } : { addr: slotAddress(slot), romfile: '' };
  return { driver: model.name, id: `nic${index}`, ...place, netdev: `net${index}`, mac: address };
}

/** The same as one argument of QEMU. */
export function formatDevice({ driver, ...properties }: NicDevice): string {
  return [driver, ...Object.entries(properties).map(([name, value]) => `${name}=${value}`)].join(',');
}

/** A place on the machine's PCI bus as QEMU writes it. */
export function slotAddress(slot: number): string {
  return `0x${slot.toString(16)}`;
}
