import { type DecisionState, isOpen } from '../core/decision.ts';
import { nameOfInterface } from '../core/format.ts';
import type { InterfaceFacts } from '../core/link.ts';
import { planInterface } from '../core/plan.ts';
import { type Finding, makeReport, type Report } from '../core/report.ts';
import type { System } from '../system/system.ts';
import { fail, newRecord, openInterface, recheckInterface } from './apply.ts';
import { readInterfaces } from './inventory.ts';
import { readDecision, readRecords, writeReport } from './state.ts';
import { giveVoice, silence } from './voice.ts';

/** Three octets a try; each of the eight tries fails only when that address is taken. */
const RANDOM_BYTES = 24;

/** Decides, acts and verifies for one interface; `facts` must come from `interfaces`. */
export function handleInterface(system: System, facts: InterfaceFacts, interfaces: InterfaceFacts[]): void {
  const decision = readDecision(system);
  // Only spoofing needs it, and getrandom(2) may wait long for its pool this early.
  const random = decision.decision === 'spoof' ? system.randomBytes(RANDOM_BYTES) : new Uint8Array();
  const plan = planInterface(facts, { decision, interfaces, records: readRecords(system), random });
  switch (plan.kind) {
    case 'exempt':
      if (plan.needsVoice) giveVoice(system, facts);
      return;
    case 'hold':
      silence(system, facts);
      return;
    case 'recheck':
      recheckInterface(system, facts, plan.record);
      return;
    case 'open':
      openInterface(system, facts, plan, openDecision(decision));
      return;
    case 'shut-off': {
      const record = newRecord(facts, { realAddress: plan.realAddress, address: '' }, openDecision(decision));
      fail(system, facts, record, [plan.finding]);
      return;
    }
  }
}

/** Handles every interface that is there and reports; what is wrong goes to the kernel log as well. */
export function handleAll(system: System, extra: Finding[] = []): Report {
  for (const facts of readInterfaces(system)) handleInterface(system, facts, readInterfaces(system));
  const now = currentReport(system, extra);
  writeReport(system, now);
  for (const line of complaints(now)) system.log('err', line);
  return now;
}

/** The machine as it stands now, judged; changes nothing. */
export function currentReport(system: System, extra: Finding[] = []): Report {
  return makeReport(readDecision(system), readInterfaces(system), readRecords(system), extra);
}

/** Every finding in words, led by the interface it is about. */
export function complaints(report: Report): string[] {
  const ofInterfaces = report.interfaces.flatMap((one) =>
    one.findings.map((finding) => `${nameOfInterface(one)}: ${finding.text} [${finding.rule}]`),
  );
  return [...report.findings.map((finding) => `${finding.text} [${finding.rule}]`), ...ofInterfaces];
}

function openDecision({ decision }: DecisionState) {
  if (isOpen(decision)) return decision;
  throw new Error(`a plan to open an interface was made under "${decision}"`);
}
