import type { Line } from './line.ts';
import { nicDevice } from './nic-device.ts';
import type { Nic } from './nics.ts';
import { eventsSince, qmp } from './qmp.ts';
import { waitUntil } from './wait.ts';

/** A guest lets go of a PCI card within a second; one that is still booting needs longer. */
const UNPLUG_LIMIT_SECONDS = 60;
/** Every device of a guest goes to sleep before it does. */
const SUSPEND_LIMIT_SECONDS = 120;
const WAKE_LIMIT_SECONDS = 30;

/** Throws once the machine is gone, so that nobody waits for it in vain. */
type Alive = () => void;

/** Puts a card into its slot while the machine runs; its network and its capture are there already. */
export async function plug(line: Line, nic: Nic): Promise<void> {
  await qmp(line, 'device_add', nicDevice(nic));
}

/** Asks the guest to let go of a card and waits until it is out of the machine (QEMU, DEVICE_DELETED). */
export async function unplug(line: Line, nic: Nic, alive: Alive): Promise<void> {
  const from = line.text.length;
  const { id } = nicDevice(nic);
  await qmp(line, 'device_del', { id });
  await waitUntil(`the guest to let go of ${nic.model.name}`, UNPLUG_LIMIT_SECONDS, () => {
    const deleted = eventsSince(line, from).some(
      ({ event, data }) => event === 'DEVICE_DELETED' && data?.device === id,
    );
    if (!deleted) alive();
    return deleted || null;
  });
}

/** Waits until the guest sleeps, and wakes it as a key press would. */
export async function wake(line: Line, alive: Alive): Promise<void> {
  const count = (name: string) => eventsSince(line, 0).filter(({ event }) => event === name).length;
  const woken = count('WAKEUP');
  await waitUntil('the guest to fall asleep', SUSPEND_LIMIT_SECONDS, () => {
    alive();
    return count('SUSPEND') > woken || null;
  });
  await qmp(line, 'system_wakeup');
  await waitUntil('QEMU to wake the guest', WAKE_LIMIT_SECONDS, () => count('WAKEUP') > woken || null);
}
