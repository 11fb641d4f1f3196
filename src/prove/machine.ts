import { statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { CliError, EXIT } from '../cli/errors.ts';
import { KVM_BROKE } from './accelerator.ts';
import { Line } from './line.ts';
import type { Nic } from './nics.ts';
import { type MachineFiles, QEMU } from './qemu-arguments.ts';
import { qmp } from './qmp.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary.ts';
import { ScenarioFailure, waitUntil } from './wait.ts';

const START_LIMIT_SECONDS = 30;
/** How long QEMU may take to end by itself before it is killed. */
const STOP_LIMIT_MS = 10_000;
/** The kernel's last line when it gives up (kernel/panic.c). */
const KERNEL_PANIC = /end Kernel panic - not syncing/;

type Qemu = ReturnType<typeof startQemu>;

/** A running virtual machine. */
export class Machine {
  readonly console: Line;
  readonly agent: Line;
  readonly #qmp: Line;
  readonly #qemu: Qemu;
  readonly #sockets: TemporaryFolder;

  #complaints = '';

  private constructor(qemu: Qemu, sockets: TemporaryFolder, lines: [Line, Line, Line]) {
    this.#qemu = qemu;
    qemu.stderr.on('data', (chunk: Buffer) => {
      this.#complaints += chunk.toString();
    });
    this.#sockets = sockets;
    [this.console, this.agent, this.#qmp] = lines;
  }

  /** Starts QEMU paused, connects every port so that no output is lost, and lets it run. */
  static async start(argumentsFor: (files: MachineFiles) => string[], evidence: string): Promise<Machine> {
    const sockets = temporaryFolder();
    const files = machineFiles(evidence, sockets.path);
    const qemu = startQemu(argumentsFor(files));
    const paths = [files.consoleSocket, files.agentSocket, files.qmpSocket];
    await waitForSockets(qemu, paths).catch((error) => {
      qemu.kill('SIGKILL');
      sockets.remove();
      throw error;
    });
    const lines = (await Promise.all(paths.map((path) => Line.connect(path)))) as [Line, Line, Line];
    const machine = new Machine(qemu, sockets, lines);
    await qmp(lines[2], 'qmp_capabilities');
    await qmp(lines[2], 'cont');
    return machine;
  }

  /** Throws when the machine has ended or stands still: whoever waits for the guest would wait in vain. */
  alive(): void {
    const ended = this.#qemu.exitCode !== null || this.#qemu.signalCode !== null;
    if (KERNEL_PANIC.test(this.console.text)) throw new ScenarioFailure("the guest's kernel panicked");
    if (!ended && !KVM_BROKE.test(this.#complaints)) return;
    throw new ScenarioFailure(
      `the machine ended by itself; QEMU says: ${this.#complaints.trim() || 'nothing'}`,
    );
  }

  /** Ends the machine, by force when it does not listen, and waits until it is gone. */
  async stop(): Promise<void> {
    const forced = setTimeout(() => this.#qemu.kill('SIGKILL'), STOP_LIMIT_MS);
    await qmp(this.#qmp, 'quit').catch(() => this.#qemu.kill('SIGKILL'));
    await this.#qemu;
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

function startQemu(args: string[]) {
  return execa(QEMU, args, { reject: false, stdin: 'ignore' });
}

async function waitForSockets(qemu: Qemu, paths: string[]): Promise<void> {
  await waitUntil('QEMU', START_LIMIT_SECONDS, async () => {
    if (qemu.exitCode !== null || qemu.pid === undefined) {
      const { code, stderr } = await qemu;
      throw startError(code, stderr);
    }
    return paths.every((path) => statSync(path, { throwIfNoEntry: false })) || null;
  });
}

function startError(code: string | undefined, stderr: string): CliError {
  if (code === 'ENOENT') {
    return new CliError(EXIT.tool, `${QEMU} is not installed`, 'install the package qemu-system-x86');
  }
  return new CliError(
    EXIT.tool,
    `QEMU does not start: ${stderr}`,
    'the first line of its message names the cause',
  );
}
