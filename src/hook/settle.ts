import type { Finding } from '../core/report.ts';
import { UDEVADM } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';

/** Long enough for firmware loading (60 s in the kernel's fallback) on slow media, shorter than udev's own 180 s. */
const SETTLE_SECONDS = 90;

/** Waits until udev has handled every event; a finding when it does not get there in time. */
export function settle(system: System): Finding[] {
  try {
    const result = system.run(
      UDEVADM,
      ['settle', `--timeout=${SETTLE_SECONDS}`],
      (SETTLE_SECONDS + 5) * 1000,
    );
    if (result.status === 0) return [];
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return [{ rule: 'settle', text: `udevadm cannot be run (${error.code})` }];
  }
  return [
    {
      rule: 'settle',
      text: `udev was still busy after ${SETTLE_SECONDS} s; "macveil-hook verify" looks again`,
    },
  ];
}
