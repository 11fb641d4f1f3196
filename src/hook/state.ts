import { blocked, type DecisionState } from '../core/decision.ts';
import type { EarlyInterface } from '../core/early.ts';
import type { InterfaceRecord } from '../core/record.ts';
import type { Memory, Report } from '../core/report.ts';
import { DECISION, EARLY, RECORDS_DIR, REPORT, STATE_DIR } from '../paths.ts';
import { type System, SystemError } from '../system/system.ts';

/** The decision in force; `blocked` when `early` left none, or one that cannot be read. */
export function readDecision(system: System): DecisionState {
  try {
    return JSON.parse(system.readFile(DECISION)) as DecisionState;
  } catch (error) {
    const absent = error instanceof SystemError && error.code === 'ENOENT';
    return blocked(absent ? '"macveil-hook early" did not run in this boot' : `${DECISION} cannot be read`);
  }
}

/** Makes a decision the one in force. */
export function writeDecision(system: System, state: DecisionState): void {
  system.makeDirectory(STATE_DIR);
  system.writeFile(DECISION, `${JSON.stringify(state)}\n`);
}

/** Every interface of this boot that was handled; throws when one cannot be read, because forgetting is not safe. */
export function readRecords(system: System): InterfaceRecord[] {
  if (!system.exists(RECORDS_DIR)) return [];
  const names = system.listDirectory(RECORDS_DIR).filter((name) => name.endsWith('.json'));
  return names.map((name) => JSON.parse(system.readFile(`${RECORDS_DIR}/${name}`)) as InterfaceRecord);
}

/** Remembers one interface until power-off. */
export function writeRecord(system: System, record: InterfaceRecord): void {
  system.makeDirectory(RECORDS_DIR);
  system.writeFile(`${RECORDS_DIR}/${record.ifindex}.json`, `${JSON.stringify(record)}\n`);
}

/** Remembers the cards that were there before the decision. */
export function writeEarly(system: System, early: EarlyInterface[]): void {
  system.makeDirectory(STATE_DIR);
  system.writeFile(EARLY, `${JSON.stringify(early)}\n`);
}

/** Everything this boot remembers; throws when a part of it cannot be read. */
export function readMemory(system: System): Memory {
  const early = system.exists(EARLY) ? (JSON.parse(system.readFile(EARLY)) as EarlyInterface[]) : [];
  return { records: readRecords(system), early };
}

/** Leaves the latest report where desktop notifiers look for it. */
export function writeReport(system: System, report: Report): void {
  system.makeDirectory(STATE_DIR);
  system.writeFile(REPORT, `${JSON.stringify(report)}\n`);
}
