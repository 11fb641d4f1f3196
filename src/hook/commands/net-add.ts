import type { InterfaceState } from '../../core/report.ts';
import type { System } from '../../system/system.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { readInterfaces } from '../inventory.ts';
import { complaints, currentReport, handleInterface } from '../run.ts';

/**
 * One interface, inside its udev event and so before it is renamed or any manager hears of it; prints the outcome as
 * a property for udev (IMPORT{program}, udev(7)). `model` is the vendor and model that udev's hardware database knows.
 */
export function netAdd(system: System, ifindexText: string, model: string): HookExit {
  const ifindex = Number(ifindexText);
  if (!Number.isInteger(ifindex) || ifindex <= 0) return usage(system, ifindexText);
  const interfaces = readInterfaces(system, { ifindex, text: model });
  const facts = interfaces.find((one) => one.ifindex === ifindex);
  // It went away while the event waited, or it is loopback: nothing to say.
  if (facts === undefined) return HOOK_EXIT.ok;
  handleInterface(system, facts, interfaces);
  return tell(system, ifindex);
}

/** udev ignores the output of a program that fails, so a failed interface is told as a property, not as a status. */
function tell(system: System, ifindex: number): HookExit {
  const report = currentReport(system);
  const one = report.interfaces.find((other) => other.ifindex === ifindex);
  const state: InterfaceState = one?.state ?? 'failed';
  system.print('stdout', `MACVEIL=${state}\n`);
  if (one)
    for (const line of complaints({ ...report, interfaces: [one], findings: [] })) system.log('err', line);
  return HOOK_EXIT.ok;
}

function usage(system: System, given: string): HookExit {
  system.print('stderr', `macveil-hook: net-add takes an ifindex, not "${given}"\n`);
  return HOOK_EXIT.usage;
}
