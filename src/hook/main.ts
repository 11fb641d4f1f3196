import { type System, SystemError } from '../system/system.ts';
import { decide } from './commands/decide.ts';
import { early } from './commands/early.ts';
import { netAdd } from './commands/net-add.ts';
import { radios } from './commands/radios.ts';
import { unblock } from './commands/unblock.ts';
import { status, verify } from './commands/verify.ts';
import { watch } from './commands/watch.ts';
import { HOOK_EXIT, type HookExit } from './exit-codes.ts';

/** What the program was started with. */
export interface Invocation {
  args: string[];
  environment(name: string): string | undefined;
}

const USAGE = `usage: macveil-hook COMMAND

  early            before udevd: read the command line, make new interfaces mute, unblock if it says so
  unblock          load the drivers of present devices, let udev handle them, verify
  net-add IFINDEX  from the udev rule: decide, change, verify one interface, then let it speak
  verify           check every interface again, shut off what does not hold
  watch            look again whenever something changes, and act; ends with the machine
  radios           block every Wi-Fi radio, those that appear later too, until each is verified
  decide VALUE     spoof, keep or offline: take the decision that the command line left open
  status [--json]  where everything stands

exit codes: 0 all as decided; 1 findings; 2 usage; 3 refused by the decision in force; 4 the kernel or a
program refused; 70 defect
`;

/** Runs one command and returns the exit code; whatever goes wrong on the way leaves the network closed. */
export function main(system: System, invocation: Invocation): HookExit {
  try {
    return dispatch(system, invocation);
  } catch (error) {
    return explain(system, invocation.args[0] ?? '', error);
  }
}

function dispatch(system: System, { args, environment }: Invocation): HookExit {
  const [command, argument = '', ...rest] = args;
  const words = args.length;
  if (command === 'early' && words === 1) return early(system);
  if (command === 'unblock' && words === 1) return unblock(system);
  if (command === 'verify' && words === 1) return verify(system);
  if (command === 'watch' && words === 1) return watch(system);
  if (command === 'radios' && words === 1) return radios(system);
  if (command === 'status' && words === 1) return status(system, false);
  if (command === 'status' && argument === '--json' && rest.length === 0) return status(system, true);
  if (command === 'decide' && words === 2) return decide(system, argument);
  if (command === 'net-add' && words === 2) return netAdd(system, argument, modelName(environment));
  const help = command === '--help' || command === 'help';
  system.print(help ? 'stdout' : 'stderr', USAGE);
  return help ? HOOK_EXIT.ok : HOOK_EXIT.usage;
}

/** Vendor and model as udev's hardware database knows them; '' outside udev. */
function modelName(environment: Invocation['environment']): string {
  const vendor = environment('ID_VENDOR_FROM_DATABASE') ?? '';
  const model = environment('ID_MODEL_FROM_DATABASE') ?? '';
  return `${vendor} ${model}`.trim();
}

function explain(system: System, command: string, error: unknown): HookExit {
  const expected = error instanceof SystemError;
  const text = `${command} failed: ${error instanceof Error ? error.message : String(error)}`;
  system.print('stderr', `macveil-hook: ${text}\n`);
  try {
    system.log('err', text);
  } catch {
    // Nowhere left to say it; the exit code still does.
  }
  return expected ? HOOK_EXIT.system : HOOK_EXIT.internal;
}
