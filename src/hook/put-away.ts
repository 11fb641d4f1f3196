import type { InterfaceFacts } from '../core/link.ts';
import type { InterfaceRecord } from '../core/record.ts';
import type { Finding } from '../core/report.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';
import { closeGuard } from './guard.ts';
import { climbLadder, SHUT_OFF_RULE } from './ladder.ts';
import { writeRecord } from './state.ts';

/** Puts an interface out of reach and remembers why. */
export function putAway(
  system: System,
  facts: InterfaceFacts,
  record: InterfaceRecord,
  findings: Finding[],
): 'failed' {
  // A second failure must not list again what the first one could not do.
  const reasons = findings.filter(({ rule }) => !rule.startsWith(SHUT_OFF_RULE));
  const failed = { ...record, state: 'failed' as const, findings: reasons };
  // Before the ladder as well: a driver that hangs in it must not leave the interface on record as verified.
  const remembered = attempt('record', () => writeRecord(system, failed));
  // Where the kernel has none the ladder must do; it is no rung, because it holds data frames alone.
  closeGuard(system, facts, record.realAddress);
  const { away, findings: left } = climbLadder(system, facts);
  writeRecord(system, { ...failed, away, findings: [...reasons, ...remembered, ...left] });
  return 'failed';
}
