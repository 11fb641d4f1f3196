import type { State } from '../../core/lifecycle.ts';
import type { InterfaceState } from '../../core/report.ts';
import type { System } from '../../system/system.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { readView } from '../inventory.ts';
import { withLock } from '../lock.ts';
import { complaintsOf, currentReport, handleInterface } from '../run.ts';

/** Each state as the rule and `status` know it. */
const PROPERTY: Record<State, InterfaceState> = {
  new: 'mute',
  held: 'mute',
  begun: 'mute',
  verified: 'verified',
  failed: 'failed',
  exempt: 'exempt',
  gone: 'failed',
};

/**
 * One interface, inside its udev event and so before it is renamed or any manager hears of it; prints the outcome as
 * a property for udev (IMPORT{program}, udev(7)). `model` is the vendor and model that udev's hardware database knows.
 */
export function netAdd(system: System, ifindexText: string, model: string): HookExit {
  const ifindex = Number(ifindexText);
  if (!Number.isInteger(ifindex) || ifindex <= 0) return usage(system, ifindexText);
  return withLock(system, () => handle(system, ifindex, model));
}

function handle(system: System, ifindex: number, model: string): HookExit {
  const view = readView(system, ifindex, model);
  // It went away while the event waited, or it is loopback: nothing to say.
  if (view === undefined) return HOOK_EXIT.ok;
  const state = handleInterface(system, view);
  if (state === 'failed') complain(system, ifindex);
  return tell(system, state);
}

/** What is wrong goes to the kernel log. */
function complain(system: System, ifindex: number): void {
  const failed = currentReport(system).interfaces.filter((one) => one.ifindex === ifindex);
  for (const line of failed.flatMap(complaintsOf)) system.log('err', line);
}

/** udev ignores the output of a program that fails, so a failed interface is told as a property, not as a status. */
function tell(system: System, state: State): HookExit {
  system.print('stdout', `MACVEIL=${PROPERTY[state]}\n`);
  return HOOK_EXIT.ok;
}

function usage(system: System, given: string): HookExit {
  system.print('stderr', `macveil-hook: net-add takes an ifindex, not "${given}"\n`);
  return HOOK_EXIT.usage;
}
