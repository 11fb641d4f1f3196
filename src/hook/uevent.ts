import { SYS_CLASS_NET } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';

/**
 * A synthetic event with a mark by which the rule knows that it comes from here, and asks the hook again (kernel,
 * Documentation/ABI/testing/sysfs-uevent; the number is that of any event without one of its own).
 */
const LOOK_AGAIN = 'add 00000000-0000-0000-0000-000000000000 MACVEIL=1';

/** Lets udev's rules run again for an interface, by its present name; one that has gone meanwhile needs none. */
export function retriggerInterface(system: System, name: string): void {
  attempt('uevent', () => system.writeAttribute(`${SYS_CLASS_NET}/${name}/uevent`, LOOK_AGAIN));
}
