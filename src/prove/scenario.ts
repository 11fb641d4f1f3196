import type { MenuBoot } from './boot-menu.ts';
import type { NicPeculiarities } from './nics.ts';
import type { OverlayFile } from './overlay.ts';

/**
 * What a machine must show at one moment: `spoof` and `keep` verified and talking; `silent` without an interface and
 * without a frame, though the cards are there; `ask` and `offline` silent because the hook says so; `mute` with
 * interfaces that are up and send nothing; `open` every card sends (a positive control). Under faults: `safe` no frame
 * shows a real address, and each card is either verified or put away with a finding of the hook's that says so; `leak`
 * every card shows its real address (the positive control of `safe`).
 */
export type Rule = 'spoof' | 'keep' | 'ask' | 'offline' | 'silent' | 'mute' | 'open' | 'safe' | 'leak';

/** The rules for which the hook is not asked: it is broken on purpose, and a hanging one would only cost time. */
export const UNASKED: ReadonlySet<Rule> = new Set(['mute', 'open', 'leak']);

/** One step of a scenario, done in order; the first one that fails ends the scenario. */
export type Step =
  /** Runs a command in the guest, which must end with `status` (0 unless said otherwise) and print `output`. */
  | { do: 'run'; command: string; status?: number; output?: RegExp }
  /** Repeats a command in the guest until it succeeds, within the step's time limit; `title` says for what. */
  | { do: 'until'; command: string; title?: string }
  /** Waits until every card has sent a frame, or this card one since it was last plugged in. */
  | { do: 'frames'; card?: number }
  /** Waits until every card has sent a frame from its real address; frames from another one may have come before. */
  | { do: 'real-frames' }
  /** Puts a card of the machine into it, or takes it out; its capture goes on. Cards are counted from 0. */
  | { do: 'plug' | 'unplug'; card: number }
  /** Waits until the guest sleeps, and wakes it. */
  | { do: 'wake' }
  /** Lets the guest run on for so many of its own seconds, to see whether anything is sent. */
  | { do: 'observe'; seconds: number }
  /** The console must show this, now or within the step's time limit. */
  | { do: 'console'; pattern: RegExp }
  /** Judges every card by a rule. */
  | { do: 'expect'; rule: Rule };

/**
 * A place where the initramfs stops and lets commands be run before it goes on (initramfs-tools(7), `break=`). From
 * `mount` on live-boot understands only one break point, so the later ones are not here: a command at an earlier one
 * can append to the ORDER file of the later scripts.
 */
export interface Pause {
  at: 'top' | 'modules' | 'premount';
  steps: Step[];
}

/** A boot of the image and what it must show; plain data. */
export interface Scenario extends NicPeculiarities {
  name: string;
  /** `initramfs` stops after udev's coldplug, before the root is mounted: seconds instead of a minute. */
  boot: 'live' | 'initramfs';
  /** Words added to the kernel command line; what a boot menu starts has its own. */
  cmdline: string;
  /** The medium starts by its own boot loader, and the decision is taken in its menu; only for `live`. */
  menu?: MenuBoot;
  /** QEMU device names; every model unless given. */
  nics?: string[];
  /** For tests alone: programs that are added to the initramfs; without it the machine boots what is shipped. */
  overlay?: OverlayFile[];
  pauses?: Pause[];
  steps: Step[];
}

/** Where the stop of an initramfs boot is: udev has run and loaded what it may, nothing is mounted. */
export const INITRAMFS_STOP = 'premount';
