import type { OpenDecision } from '../core/decision.ts';
import type { InterfaceFacts } from '../core/link.ts';
import type { Plan } from '../core/plan.ts';
import type { InterfaceRecord } from '../core/record.ts';
import type { Finding } from '../core/report.ts';
import { isMute, type Surroundings, verifyInterface, verifyVoice } from '../core/verify.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';
import { readInterfaces } from './inventory.ts';
import { SHUT_OFF_RULE, shutOff } from './ladder.ts';
import { readRecords, writeRecord } from './state.ts';
import { giveVoice } from './voice.ts';

type Open = Extract<Plan, { kind: 'open' }>;

/** Carries out an `open` plan: change, read back, verify, and only then let the interface speak; else shut it off. */
export function openInterface(
  system: System,
  facts: InterfaceFacts,
  plan: Open,
  decision: OpenDecision,
): void {
  // An address changes only while the interface is down; being up this early is nobody's right.
  if (facts.up) system.setUp(facts.ifindex, false);
  const begun = newRecord(facts, plan, decision);
  // Written first: a driver without a permanent address shows its real one only until it is changed.
  writeRecord(system, begun);
  const refused = plan.change
    ? attempt('set-address', () => system.setAddress(facts.ifindex, plan.address))
    : [];
  const now = readBack(system, facts);
  if (now === null) return;
  const record = { ...begun, framesBeforeVerification: now.txPackets };
  const findings = [...refused, ...verifyInterface(now, record, surroundings(system))];
  if (findings.length > 0) fail(system, now, record, findings);
  else speak(system, now, { ...record, state: 'verified' });
}

/** Verifies an interface that was handled before; one that no longer holds, or never did, is shut off. */
export function recheckInterface(system: System, facts: InterfaceFacts, record: InterfaceRecord): void {
  const findings =
    record.state === 'failed' ? record.findings : verifyInterface(facts, record, surroundings(system));
  if (findings.length > 0) fail(system, facts, record, findings);
  else if (isMute(facts)) speak(system, facts, record);
}

/** Shuts an interface off and remembers why. */
export function fail(
  system: System,
  facts: InterfaceFacts,
  record: InterfaceRecord,
  findings: Finding[],
): void {
  // A second failure must not list again what the first one could not do.
  const reasons = findings.filter(({ rule }) => !rule.startsWith(SHUT_OFF_RULE));
  writeRecord(system, { ...record, state: 'failed', findings: [...reasons, ...shutOff(system, facts)] });
}

/** A record of an interface nothing was done to yet. */
export function newRecord(
  facts: InterfaceFacts,
  { realAddress, address }: Pick<Open, 'realAddress' | 'address'>,
  decision: OpenDecision,
): InterfaceRecord {
  const { ifindex, name, driver, model, permanentAddress } = facts;
  const known = { ifindex, name, driver, model, permanentAddress, realAddress, address, decision };
  return { ...known, state: 'begun', framesBeforeVerification: 0, findings: [] };
}

function speak(system: System, facts: InterfaceFacts, record: InterfaceRecord): void {
  // Written before the voice is given: if it cannot be remembered, the interface stays mute.
  writeRecord(system, record);
  if (facts.wireless) return;
  const refused = attempt('voice', () => giveVoice(system, facts));
  const now = readBack(system, facts);
  const findings = [...refused, ...(now ? verifyVoice(now) : [])];
  if (findings.length > 0) fail(system, facts, record, findings);
}

function surroundings(system: System): Surroundings {
  return { interfaces: readInterfaces(system), records: readRecords(system) };
}

/** The interface as the kernel shows it now; null when it has gone, which leaves nothing to protect. */
function readBack(system: System, before: InterfaceFacts): InterfaceFacts | null {
  const now = readInterfaces(system).find((facts) => facts.ifindex === before.ifindex);
  return now ? { ...now, model: before.model } : null;
}
