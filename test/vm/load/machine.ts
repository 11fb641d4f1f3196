import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { chooseAccelerator } from '../../../src/prove/accelerator.ts';
import { Agent, type GuestShell } from '../../../src/prove/agent.ts';
import { bootFiles } from '../../../src/prove/boot-source.ts';
import { clearEvidence } from '../../../src/prove/evidence.ts';
import { enterShell } from '../../../src/prove/initramfs-shell.ts';
import { Machine } from '../../../src/prove/machine.ts';
import { ALL_NIC_MODELS, makeNics } from '../../../src/prove/nics.ts';
import { directBoot, kernelCommandLine, qemuArguments } from '../../../src/prove/qemu-arguments.ts';
import type { Scenario } from '../../../src/prove/scenario.ts';
import { temporaryFolder } from '../../../src/prove/temporary.ts';

/** The cards of the machine: every model there is. */
export const CARDS = makeNics(ALL_NIC_MODELS);

const IMAGE = '.cache/image/macveil-demo.iso';
/** The initramfs stops before it starts udev or the hook: nothing loads modules but what is tried. */
const BOOT: Scenario = {
  name: 'load everything',
  boot: 'live',
  cmdline: 'macveil=offline',
  pauses: [{ at: 'top', steps: [] }],
  steps: [],
};
const BOOT_LIMIT_SECONDS = 240;
/** Behind the medium's slot 4, in front of the first card's slot 8 (src/prove/qemu-arguments.ts). */
const DISK_SLOT = '0x5';
/** A CAN controller: an interface that is no Ethernet card. */
const CAN_CARD = ['-object', 'can-bus,id=can', '-device', 'kvaser_pci,canbus=can'];

/** Boots the demo image to the first shell of its initramfs, with these files as a tar on a second disk. */
export async function withMachine<T>(
  files: Record<string, string>,
  evidence: string,
  work: (shell: GuestShell) => Promise<T>,
): Promise<T> {
  clearEvidence(evidence);
  const parts = temporaryFolder();
  try {
    const machine = await start(parts.path, await packDisk(files, parts.path), evidence);
    return await inShell(machine, work).finally(() => machine.stop());
  } finally {
    parts.remove();
  }
}

async function packDisk(files: Record<string, string>, directory: string): Promise<string> {
  const names = Object.keys(files);
  for (const name of names) writeFileSync(join(directory, name), files[name] ?? '');
  const disk = join(directory, 'disk.tar');
  await execa('tar', ['-cf', disk, '-C', directory, ...names]);
  return disk;
}

async function start(directory: string, disk: string, evidence: string): Promise<Machine> {
  const boot = await bootFiles({ kind: 'iso', image: IMAGE }, directory);
  const { name } = await chooseAccelerator(boot.kernel);
  const commandLine = kernelCommandLine(BOOT, '');
  const drive = ['-drive', `if=none,id=disk,format=raw,readonly=on,file=${disk}`];
  const device = ['-device', `virtio-blk-pci,drive=disk,addr=${DISK_SLOT}`];
  return Machine.start(
    (files) => [
      ...qemuArguments(directBoot(boot, commandLine, BOOT.boot), BOOT.boot, name, CARDS, files),
      ...[...drive, ...device, ...CAN_CARD],
    ],
    evidence,
  );
}

async function inShell<T>(machine: Machine, work: (shell: GuestShell) => Promise<T>): Promise<T> {
  const agent = new Agent(machine.agent, () => machine.alive());
  await enterShell(machine, agent, BOOT_LIMIT_SECONDS);
  return work(agent);
}
