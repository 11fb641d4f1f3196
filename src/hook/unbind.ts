import type { InterfaceFacts } from '../core/link.ts';
import { SYS_CLASS_NET } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';
import { refresh } from './inventory.ts';

/** A driver of this name exists nowhere, so that a device reserved for it is bound by none. */
const NO_DRIVER = 'macveil-put-away';

/** Takes the device of an interface away from its driver; only this device suffers, with all its interfaces. */
export function unbind(system: System, facts: InterfaceFacts): void {
  // The name may have changed since the facts were read: renames happen in the same udev event.
  const now = refresh(system, facts);
  if (now === undefined) return;
  const device = `${SYS_CLASS_NET}/${now.name}/device`;
  const id = now.device.split('/').at(-1) ?? '';
  // Where the bus can: another driver that serves it too (8139too beside 8139cp) would make an interface of it again.
  attempt('override', () => {
    if (system.exists(`${device}/driver_override`))
      system.writeAttribute(`${device}/driver_override`, NO_DRIVER);
  });
  system.writeAttribute(`${device}/driver/unbind`, id);
}
