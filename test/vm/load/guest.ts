import { MASK } from '../../../src/paths.ts';
import type { GuestShell } from '../../../src/prove/agent.ts';
import { hasDevice, LIST_PCI } from '../../../src/prove/guest.ts';
import type { GuestState } from './judge.ts';
import { type Stage, wordsFile } from './stages.ts';
import { type Outcome, parseTrials } from './trials.ts';

/** Where the guest's initramfs has the root of the image, and where that root finds what is to be tried. */
const ROOT = '/image';
const LOAD = '/run/load';
/** The slowest stage takes a minute on two idle processors; tests share theirs. */
const STAGE_LIMIT_SECONDS = 600;

/** A booted machine in which modules are tried. */
export class LoadGuest {
  readonly #shell: GuestShell;
  readonly outcomes: Outcome[] = [];

  constructor(shell: GuestShell) {
    this.#shell = shell;
  }

  /** Unpacks the disk of what is to be tried and mounts the image's root. */
  async prepare(): Promise<void> {
    // The medium comes first on the bus, so the other disk is vdb.
    await this.run(
      'unset MODPROBE_OPTIONS; modprobe virtio_blk && mkdir /load && tar -xf /dev/vdb -C /load && sh /load/prepare.sh',
    );
  }

  /** Puts one of the files of the disk in force as the list, in the place of the one that the image has. */
  async useList(file: string): Promise<void> {
    await this.run(`cp /load/${file} ${ROOT}${MASK}`);
  }

  /** Tries every word of a stage; a command that fails is an outcome, not an error. */
  async attempt(stage: Stage): Promise<Outcome> {
    const words = `xargs -r -d '\\n' -n ${stage.batch} -a ${LOAD}/${wordsFile(stage)}`;
    const command = `chroot ${ROOT} ${words} sh ${LOAD}/try.sh ${stage.command}`;
    const start = performance.now();
    const { output } = await this.#shell.run(command, STAGE_LIMIT_SECONDS);
    const seconds = (performance.now() - start) / 1000;
    const outcome = { stage, trials: parseTrials(stage, output), seconds };
    this.outcomes.push(outcome);
    return outcome;
  }

  /** What modprobe would do for a module, without doing it. */
  async simulate(module: string): Promise<string[]> {
    return lines(await this.run(`unset MODPROBE_OPTIONS; chroot ${ROOT} modprobe -n -v ${module}`));
  }

  /** Everything that is loaded and every interface there is now. */
  async state(): Promise<GuestState> {
    const modules = await this.run("cut -d ' ' -f 1 /proc/modules");
    const interfaces = await this.run("sed -n 's/^ *\\([^:]*\\):.*/\\1/p' /proc/net/dev");
    return { modules: lines(modules), interfaces: lines(interfaces) };
  }

  /** The address of every interface there is now. */
  async addresses(): Promise<string[]> {
    return lines(await this.run('cat /sys/class/net/*/address'));
  }

  /** What the kernel itself has asked modprobe for. */
  async asked(): Promise<string[]> {
    return lines(await this.run(`touch ${ROOT}${LOAD}/asked; cat ${ROOT}${LOAD}/asked`));
  }

  /** How many modules the running kernel has in the image. */
  async moduleFiles(): Promise<number> {
    return Number(await this.run(`find ${ROOT}/usr/lib/modules/$(uname -r) -name '*.ko*' | wc -l`));
  }

  /** Whether the machine's PCI bus has a device in each of these slots. */
  async hasCards(slots: number[]): Promise<boolean> {
    const listing = await this.run(LIST_PCI);
    return slots.every((slot) => hasDevice(listing, slot));
  }

  /** Runs a command that must succeed. */
  async run(command: string): Promise<string> {
    const { status, output } = await this.#shell.run(command);
    if (status === 0) return output;
    throw new Error(`the guest ended "${command}" with exit status ${status}: ${output.trim()}`);
  }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
