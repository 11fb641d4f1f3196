import { ScenarioFailure } from './wait.ts';

/** An interface as the guest's kernel shows it in sysfs. */
export interface GuestInterface {
  name: string;
  /** Resolved path of its device, '' for a virtual interface; it holds the PCI slot. */
  device: string;
  address: string;
  driver: string;
  txPackets: number;
  /** IFF_UP. */
  up: boolean;
}

const IFF_UP = 0x1;
/** One line of LIST_INTERFACES; a tunnel has no address, a virtual interface neither device nor driver. */
const LINE = /^([^|]+)\|([^|]*)\|([0-9a-f:]*)\|([^|]*)\|(\d+)\|(0x[0-9a-f]+)$/;

/** Prints every interface but lo, one a line, with nothing but a shell and readlink: an initramfs has no more. */
export const LIST_INTERFACES = `cd /sys/class/net && for n in *; do
  [ "$n" = lo ] || [ ! -e "$n/address" ] && continue
  device= driver=
  [ -e "$n/device" ] && device=$(readlink -f "$n/device") && driver=$(readlink -f "$n/device/driver")
  echo "$n|$device|$(cat "$n/address")|\${driver##*/}|$(cat "$n/statistics/tx_packets")|$(cat "$n/flags")"
done`;

/** Reads what LIST_INTERFACES printed; throws ScenarioFailure for a line with anything missing, for that is not a zero. */
export function parseInterfaces(output: string): GuestInterface[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine);
}

function parseLine(line: string): GuestInterface {
  const match = LINE.exec(line);
  if (!match) throw new ScenarioFailure(`the guest's list of interfaces has an unreadable line: "${line}"`);
  const [, name = '', device = '', address = '', driver = '', tx, flags] = match;
  return { name, device, address, driver, txPackets: Number(tx), up: (Number(flags) & IFF_UP) !== 0 };
}

/** Whether this interface's device sits in, or behind, the given slot of the machine's PCI bus. */
export function isInSlot(device: string, slot: number): boolean {
  return device.includes(`/0000:00:${slotNumber(slot)}.`);
}

/** Prints the address of every PCI device, one a line. */
export const LIST_PCI = "cd /sys/bus/pci/devices && printf '%s\\n' *";

/** Whether what LIST_PCI printed has a device in this slot: the card, or the controller a USB card hangs on. */
export function hasDevice(listing: string, slot: number): boolean {
  return listing.split('\n').includes(`0000:00:${slotNumber(slot)}.0`);
}

function slotNumber(slot: number): string {
  return slot.toString(16).padStart(2, '0');
}
