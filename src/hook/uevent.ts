import { SYS_CLASS_NET } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';

/** Lets udev's rules run again for a device, as at first coldplug; one that has gone meanwhile needs none. */
export function retrigger(system: System, devicePath: string): void {
  attempt('uevent', () => system.writeAttribute(`${devicePath}/uevent`, 'add'));
}

/** The same for an interface by its present name. */
export function retriggerInterface(system: System, name: string): void {
  retrigger(system, `${SYS_CLASS_NET}/${name}`);
}
