import type { Finding } from '../core/report.ts';
import { UDEVADM } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';

/** Long enough for firmware loading (60 s in the kernel's fallback) on slow media, shorter than udev's own 180 s. */
const SETTLE_SECONDS = 90;
const LIMIT_MS = (SETTLE_SECONDS + 5) * 1000;

/** Waits until udev has handled every event; a finding when it does not get there in time. */
export function settle(system: System): Finding[] {
  let status: number | null = null;
  const refused = attempt('settle', () => {
    status = system.run(UDEVADM, ['settle', `--timeout=${SETTLE_SECONDS}`], LIMIT_MS).status;
  });
  if (status === 0 || refused.length > 0) return refused;
  const text = `udev was still busy after ${SETTLE_SECONDS} s; "macveil-hook verify" looks again`;
  return [{ rule: 'settle', text }];
}
