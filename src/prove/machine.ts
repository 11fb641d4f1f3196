import { statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { KVM_BROKE } from './accelerator.ts';
import { chooseInMenu } from './boot-menu.ts';
import { Line } from './line.ts';
import { plug, unplug, wake } from './machine-events.ts';
import type { Nic } from './nics.ts';
import { type MachineFiles, QEMU } from './qemu-arguments.ts';
import { qmp } from './qmp.ts';
import { startError } from './start-error.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary.ts';
import { ScenarioFailure, waitUntil } from './wait.ts';

const START_LIMIT_SECONDS = 30;
/** How long QEMU may take to end by itself before it is killed. */
const STOP_LIMIT_MS = 10_000;
/** The kernel's last line when it gives up (kernel/panic.c). */
const KERNEL_PANIC = /end Kernel panic - not syncing/;

/** QEMU's words for a capture that it cannot write, and gives up while the guest goes on sending (net/dump.c). */
const CAPTURE_BROKE = /dump write error/;

type Qemu = ReturnType<typeof startQemu>;

/** A running virtual machine. */
export class Machine {
  readonly console: Line;
  readonly agent: Line;
  readonly #qmp: Line;
  readonly #qemu: Qemu;
  readonly #sockets: TemporaryFolder;

  private constructor(qemu: Qemu, sockets: TemporaryFolder, lines: [Line, Line, Line]) {
    this.#qemu = qemu;
    this.#sockets = sockets;
    [this.console, this.agent, this.#qmp] = lines;
  }

  /** Starts QEMU paused, connects every port so that no output is lost, and lets it run; a QEMU that fails is gone. */
  static async start(argumentsFor: (files: MachineFiles) => string[], evidence: string): Promise<Machine> {
    const sockets = temporaryFolder();
    const files = machineFiles(evidence, sockets.path);
    const qemu = startQemu(argumentsFor(files));
    try {
      const lines = await connectPorts(qemu, files);
      await qmp(lines[2], 'qmp_capabilities');
      await qmp(lines[2], 'cont');
      return new Machine(qemu, sockets, lines);
    } catch (error) {
      qemu.process.kill('SIGKILL');
      const { code } = await qemu.process;
      sockets.remove();
      throw startError(code, qemu.said(), error instanceof Error ? error.message : String(error));
    }
  }

  /** Throws when the machine has ended, stands still or is captured no more: whoever waits for it would wait in vain. */
  alive(): void {
    this.capturing();
    if (KERNEL_PANIC.test(this.console.text)) throw new ScenarioFailure("the guest's kernel panicked");
    if (!hasEnded(this.#qemu) && !KVM_BROKE.test(this.#qemu.said())) return;
    throw new ScenarioFailure(
      `the machine ended by itself; QEMU says: ${this.#qemu.said().trim() || 'nothing'}`,
    );
  }

  /** Throws when QEMU gave up a capture, whether the machine still runs or not. */
  capturing(): void {
    if (!CAPTURE_BROKE.test(this.#qemu.said())) return;
    throw new ScenarioFailure(
      `a capture stopped, so frames were not searched; QEMU says: ${this.#qemu.said().trim()}`,
    );
  }

  /** Puts a card into the running machine. */
  plug(nic: Nic): Promise<void> {
    return plug(this.#qmp, nic);
  }

  /** Takes a card out of the running machine, once the guest lets go of it. */
  unplug(nic: Nic): Promise<void> {
    return unplug(this.#qmp, nic, () => this.alive());
  }

  /** Waits until the guest sleeps, and wakes it. */
  wake(): Promise<void> {
    return wake(this.#qmp, () => this.alive());
  }

  /** Waits for the boot menu and presses these keys in it; the last picture of the menu is kept in `picture`. */
  chooseInMenu(keys: string[], picture: string): Promise<void> {
    return chooseInMenu(this.#qmp, keys, picture, () => this.alive());
  }

  /** Ends the machine, by force when it does not listen, and waits until it is gone. */
  async stop(): Promise<void> {
    const { process } = this.#qemu;
    const forced = setTimeout(() => process.kill('SIGKILL'), STOP_LIMIT_MS);
    await qmp(this.#qmp, 'quit').catch(() => process.kill('SIGKILL'));
    await process;
    clearTimeout(forced);
    for (const line of [this.console, this.agent, this.#qmp]) line.close();
    this.#sockets.remove();
  }
}

/** Where the frames of a card are captured. */
export function captureFile(evidence: string, nic: Nic): string {
  return join(evidence, `${nic.index}-${nic.model.name}.pcap`);
}

/** Where a machine's files are: evidence stays, sockets do not. */
function machineFiles(evidence: string, sockets: string): MachineFiles {
  return {
    console: join(evidence, 'console.log'),
    consoleSocket: join(sockets, 'console'),
    agentSocket: join(sockets, 'agent'),
    qmpSocket: join(sockets, 'qmp'),
    capture: (nic) => captureFile(evidence, nic),
  };
}

/** The process, and all it has said on standard error. */
function startQemu(args: string[]) {
  const process = execa(QEMU, args, { reject: false, stdin: 'ignore' });
  let said = '';
  process.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return { process, said: () => said };
}

function hasEnded({ process }: Qemu): boolean {
  return process.exitCode !== null || process.signalCode !== null || process.pid === undefined;
}

async function connectPorts(
  qemu: Qemu,
  { consoleSocket, agentSocket, qmpSocket }: MachineFiles,
): Promise<[Line, Line, Line]> {
  const paths = [consoleSocket, agentSocket, qmpSocket];
  await waitUntil('its sockets', START_LIMIT_SECONDS, () => {
    if (hasEnded(qemu)) throw new ScenarioFailure('it ended at once');
    return paths.every((path) => statSync(path, { throwIfNoEntry: false })) || null;
  });
  return (await Promise.all(paths.map((path) => Line.connect(path)))) as [Line, Line, Line];
}
