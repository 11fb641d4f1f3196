import type { Finding } from '../core/report.ts';
import { UDEVADM } from '../paths.ts';
import type { System } from '../system/system.ts';
import { findingsOf } from './attempt.ts';

/** As long as the kernel's firmware fallback waits, and within the 90 s that systemd-sleep gives its hooks. */
const SETTLE_SECONDS = 60;
const LIMIT_MS = (SETTLE_SECONDS + 5) * 1000;

/** Waits until udev has handled every event; a finding when it does not get there in time. */
export function settle(system: System): Finding[] {
  return findingsOf('settle', () => {
    const { status } = system.run(UDEVADM, ['settle', `--timeout=${SETTLE_SECONDS}`], LIMIT_MS);
    if (status === 0) return [];
    const text = `udev was still busy after ${SETTLE_SECONDS} s; "macveil-hook verify" looks again`;
    return [{ rule: 'settle', text }];
  });
}
