import type { Nic } from '../../../src/prove/nics.ts';
import type { Scenario } from '../../../src/prove/scenario.ts';
import { waitUntil } from '../../../src/prove/wait.ts';
import type { Clock } from './clock.ts';
import { withGuest } from './guest.ts';
import { type BootTimes, bootTimes, SYSINIT_ARGUMENTS, SYSINIT_CMDLINE } from './sysinit-unit.ts';

/** The same Debian, with macveil and without. */
export const IMAGES = { macveil: '.cache/image/macveil-demo.iso', plain: '.cache/image/plain.iso' };

const BOOT_LIMIT_SECONDS = 600;

/** One live boot to sysinit.target of a machine with these cards. */
export async function bootToSysinit(image: string, nics: Nic[], clock: Clock): Promise<BootTimes> {
  const scenario: Scenario = {
    name: 'boot',
    boot: 'live',
    cmdline: `macveil=spoof ${SYSINIT_CMDLINE}`,
    steps: [],
  };
  return withGuest({ image, scenario, nics, clock, extra: SYSINIT_ARGUMENTS }, ({ machine }) =>
    waitUntil('sysinit.target', BOOT_LIMIT_SECONDS, () => {
      machine.alive();
      return bootTimes(machine.console.text);
    }),
  );
}
