import { formatReport } from '../../core/format.ts';
import { allFindings, type Finding, type Report } from '../../core/report.ts';
import type { System } from '../../system/system.ts';
import { findingsOf } from '../attempt.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { keepMuting } from '../gate.ts';
import { withLock } from '../lock.ts';
import { currentReport, handleAll } from '../run.ts';
import { settle } from '../settle.ts';
import { findUnlisted } from '../unlisted.ts';

/** Checks every interface again once udev has settled, shuts off what does not hold, and reports. */
export function verify(system: System): HookExit {
  return verifyAfter(system, settle(system));
}

/** The second half of `verify` and `unblock`: `findings` are what went wrong on the way. */
export function verifyAfter(system: System, findings: Finding[]): HookExit {
  const unlisted = findUnlisted(system);
  return withLock(system, () => {
    const muting = findingsOf('mute-default', () => keepMuting(system));
    return tell(system, handleAll(system, [...findings, ...muting, ...unlisted]));
  });
}

/** Shows where everything stands and changes nothing. */
export function status(system: System, json: boolean): HookExit {
  const report = currentReport(system, findUnlisted(system));
  system.print('stdout', json ? `${JSON.stringify(report)}\n` : `${formatReport(report)}\n`);
  return exitOf(report);
}

function tell(system: System, report: Report): HookExit {
  system.print('stdout', `${formatReport(report)}\n`);
  return exitOf(report);
}

function exitOf(report: Report): HookExit {
  return allFindings(report).length === 0 ? HOOK_EXIT.ok : HOOK_EXIT.findings;
}
