import type { InterfaceState } from '../../core/report.ts';
import type { System } from '../../system/system.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { readInterfaces } from '../inventory.ts';
import { withLock } from '../lock.ts';
import { complaintsOf, currentReport, handleInterface } from '../run.ts';

/**
 * One interface, inside its udev event and so before it is renamed or any manager hears of it; prints the outcome as
 * a property for udev (IMPORT{program}, udev(7)). `model` is the vendor and model that udev's hardware database knows.
 */
export function netAdd(system: System, ifindexText: string, model: string): HookExit {
  const ifindex = Number(ifindexText);
  if (!Number.isInteger(ifindex) || ifindex <= 0) return usage(system, ifindexText);
  return withLock(system, () => handle(system, { ifindex, text: model }));
}

function handle(system: System, model: { ifindex: number; text: string }): HookExit {
  const interfaces = readInterfaces(system, model);
  const facts = interfaces.find((one) => one.ifindex === model.ifindex);
  // It went away while the event waited, or it is loopback: nothing to say.
  if (facts === undefined) return HOOK_EXIT.ok;
  handleInterface(system, facts, interfaces);
  return tell(system, facts.physical ? outcome(system, facts.ifindex) : 'exempt');
}

/** The state after all that was done, read back; what is wrong goes to the kernel log. */
function outcome(system: System, ifindex: number): InterfaceState {
  const one = currentReport(system).interfaces.find((other) => other.ifindex === ifindex);
  if (one === undefined) return 'failed';
  for (const line of complaintsOf(one)) system.log('err', line);
  return one.state;
}

/** udev ignores the output of a program that fails, so a failed interface is told as a property, not as a status. */
function tell(system: System, state: InterfaceState): HookExit {
  system.print('stdout', `MACVEIL=${state}\n`);
  return HOOK_EXIT.ok;
}

function usage(system: System, given: string): HookExit {
  system.print('stderr', `macveil-hook: net-add takes an ifindex, not "${given}"\n`);
  return HOOK_EXIT.usage;
}
