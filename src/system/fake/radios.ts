import { RFKILL_DEVICE } from '../../paths.ts';
import { SystemError } from '../system.ts';
import type { FakeFiles } from './files.ts';
import type { FakeMachine } from './machine.ts';
import type { FakeLink } from './types.ts';

/** Where struct rfkill_event has `soft` (linux/rfkill.h). */
const SOFT = 6;

/** rfkill(4) of the fake machine: the state that new radios get, and /dev/rfkill, which changes it and all of them. */
export class FakeRadios {
  /** What a radio that appears now is. */
  blocked = false;

  constructor(files: FakeFiles, links: FakeLink[]) {
    const write = (event: string) => {
      this.blocked = event.charCodeAt(SOFT) !== 0;
      for (const { radio } of links) radio.blocked = this.blocked;
    };
    files.put(RFKILL_DEVICE, { read: () => '', write });
  }

  /** An interface of a blocked radio does not come up (cfg80211_netdev_notifier_call of net/wireless/core.c). */
  static refuse({ name, radio, origin }: FakeLink): void {
    if (origin.wireless && radio.blocked) throw new SystemError(`bring up ${name}`, 'ERFKILL');
  }
}

/** Takes away a wireless device that is no interface. */
export function removeWirelessDevice({ wirelessDevices }: FakeMachine, wdev: number): void {
  const at = wirelessDevices.findIndex((one) => one.wdev === wdev);
  if (at < 0) throw new SystemError(`remove wireless device ${wdev}`, 'ENODEV');
  wirelessDevices.splice(at, 1);
}
