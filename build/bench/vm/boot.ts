import type { Nic } from '../../../src/prove/nics.ts';
import type { Scenario } from '../../../src/prove/scenario.ts';
import { waitUntil } from '../../../src/prove/wait.ts';
import type { Clock } from './clock.ts';
import { LAPTOP, TEN_CARDS, withGuest } from './guest.ts';
import {
  type BootTimes,
  bootTimes,
  FIREWALL_UNIT,
  SYSINIT_ARGUMENTS,
  SYSINIT_CMDLINE,
} from './sysinit-unit.ts';

/** The same Debian, with macveil and without. */
export const IMAGES = { macveil: '.cache/image/macveil-demo.iso', plain: '.cache/image/plain.iso' };

const BOOT_LIMIT_SECONDS = 600;

/** What is booted: its cards, and further words for the kernel command line. */
export interface Computer {
  title: string;
  nics: Nic[];
  words: string;
}

/** A laptop; the same with a firewall, as images that care for privacy have one; and a machine with all cards of a proof. */
export const COMPUTERS: Computer[] = [
  { title: '2 cards', nics: LAPTOP, words: '' },
  { title: '2 cards and a firewall', nics: LAPTOP, words: `systemd.wants=${FIREWALL_UNIT}` },
  { title: '10 cards', nics: TEN_CARDS, words: '' },
];

/** One live boot to sysinit.target, and to the end of its firewall's start. */
export async function bootToSysinit(
  image: string,
  { nics, words }: Computer,
  clock: Clock,
): Promise<BootTimes> {
  const scenario: Scenario = {
    name: 'boot',
    boot: 'live',
    cmdline: `macveil=spoof ${SYSINIT_CMDLINE} ${words}`,
    steps: [],
  };
  return withGuest({ image, scenario, nics, clock, extra: SYSINIT_ARGUMENTS }, ({ machine }) =>
    waitUntil('sysinit.target', BOOT_LIMIT_SECONDS, () => {
      machine.alive();
      return bootTimes(machine.console.text);
    }),
  );
}
