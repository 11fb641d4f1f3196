import { isOpen } from '../../core/decision.ts';
import type { System } from '../../system/system.ts';
import { loadDrivers } from '../drivers.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { maskBlocklist, muteNewInterfaces } from '../gate.ts';
import { readDecision } from '../state.ts';
import { verifyAfter } from './verify.ts';

/** With udevd running: unblocks, loads the drivers of present devices, lets udev handle them, and verifies. */
export function unblock(system: System): HookExit {
  const { decision, reason } = readDecision(system);
  if (!isOpen(decision)) {
    system.print(
      'stderr',
      `macveil-hook: the network stays blocked: ${reason || `the decision is "${decision}"`}\n`,
    );
    return HOOK_EXIT.refused;
  }
  // Again, although `early` did it: a sysctl.d file of the root may have set another default since.
  muteNewInterfaces(system);
  maskBlocklist(system);
  return verifyAfter(system, loadDrivers(system));
}
