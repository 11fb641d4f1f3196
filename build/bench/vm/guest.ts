import { mkdirSync } from 'node:fs';
import { chooseAccelerator } from '../../../src/prove/accelerator.ts';
import { Agent } from '../../../src/prove/agent.ts';
import { type BootFiles, bootFiles } from '../../../src/prove/boot-source.ts';
import { Machine } from '../../../src/prove/machine.ts';
import { makeNics, NIC_MODELS, type Nic } from '../../../src/prove/nics.ts';
import { directBoot, kernelCommandLine, qemuArguments } from '../../../src/prove/qemu-arguments.ts';
import type { Scenario } from '../../../src/prove/scenario.ts';
import { temporaryFolder } from '../../../src/prove/temporary.ts';
import type { Clock } from './clock.ts';
import { countInstructions } from './clock.ts';

const EVIDENCE = '.cache/bench/evidence';

/** How a machine is booted to be measured. */
export interface Boot {
  image: string;
  scenario: Scenario;
  nics: readonly Nic[];
  clock: Clock;
  /** Changes the parts of the image before the boot. */
  prepare?: (boot: BootFiles, directory: string) => Promise<void>;
  extra?: string[];
}

/** A machine that runs, and who answers in it. */
export interface Running {
  machine: Machine;
  agent: Agent;
}

/** The ten cards of a proof. */
export const TEN_CARDS = makeNics();
/** As many as a laptop has, one inside and one in a dock. */
export const LAPTOP = makeNics(NIC_MODELS.filter(({ name }) => ['e1000e', 'usb-net'].includes(name)));

/** Boots a machine, gives it to `work`, and ends it. */
export async function withGuest<T>(boot: Boot, work: (running: Running) => Promise<T>): Promise<T> {
  const parts = temporaryFolder();
  mkdirSync(EVIDENCE, { recursive: true });
  try {
    const machine = await start(boot, parts.path);
    const agent = new Agent(machine.agent, () => machine.alive());
    return await work({ machine, agent }).finally(() => machine.stop());
  } finally {
    parts.remove();
  }
}

async function start(boot: Boot, directory: string): Promise<Machine> {
  const files = await bootFiles({ kind: 'iso', image: boot.image }, directory);
  await boot.prepare?.(files, directory);
  const { name } = boot.clock === 'host' ? await chooseAccelerator(files.kernel) : { name: 'tcg' as const };
  const commandLine = kernelCommandLine(boot.scenario, '');
  return Machine.start((machineFiles) => {
    const { boot: mode } = boot.scenario;
    const args = qemuArguments(directBoot(files, commandLine, mode), mode, name, boot.nics, machineFiles);
    return [...countInstructions(args, boot.clock), ...(boot.extra ?? [])];
  }, EVIDENCE);
}
