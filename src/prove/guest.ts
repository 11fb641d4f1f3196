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

/** Prints every interface but lo, one a line, with nothing but a shell and readlink: an initramfs has no more. */
export const LIST_INTERFACES = `cd /sys/class/net && for n in *; do
  [ "$n" = lo ] || [ ! -e "$n/address" ] && continue
  device= driver=
  [ -e "$n/device" ] && device=$(readlink -f "$n/device") && driver=$(readlink -f "$n/device/driver")
  echo "$n|$device|$(cat "$n/address")|\${driver##*/}|$(cat "$n/statistics/tx_packets")|$(cat "$n/flags")"
done`;

/** Reads what LIST_INTERFACES printed. */
export function parseInterfaces(output: string): GuestInterface[] {
  const lines = output.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [name = '', device = '', address = '', driver = '', tx = '', flags = ''] = line.split('|');
    return { name, device, address, driver, txPackets: Number(tx), up: (Number(flags) & IFF_UP) !== 0 };
  });
}

/** Whether this interface's device sits in, or behind, the given slot of the machine's PCI bus. */
export function isInSlot(device: string, slot: number): boolean {
  return device.includes(`/0000:00:${slot.toString(16).padStart(2, '0')}.`);
}
