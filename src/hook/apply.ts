import type { DecisionState, OpenDecision } from '../core/decision.ts';
import type { InterfaceFacts } from '../core/link.ts';
import { lacksVoice, verifyVoice } from '../core/mute.ts';
import type { Plan } from '../core/plan.ts';
import { type InterfaceRecord, sameDecision } from '../core/record.ts';
import type { Finding } from '../core/report.ts';
import { type Surroundings, verifyInterface } from '../core/verify.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';
import { forgetIpv6 } from './forget.ts';
import { readInterface, readInterfaces } from './inventory.ts';
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
  const refused = plan.change ? changeAddress(system, facts.ifindex, plan.address) : [];
  const around = surroundings(system);
  const now = around.interfaces.find((one) => one.ifindex === facts.ifindex);
  // It has gone, which leaves nothing to protect.
  if (now === undefined) return;
  const record = { ...begun, framesBeforeVerification: now.txPackets };
  // After the change: what IPv6 learns anew is the new address.
  const remembered = decision === 'spoof' ? forgetIpv6(system, now) : [];
  const findings = [...refused, ...remembered, ...verifyInterface(now, record, around)];
  if (findings.length > 0) fail(system, now, record, findings);
  else speak(system, now, { ...record, state: 'verified' });
}

/** Once more after a refusal: somebody may have brought the interface up in between. */
function changeAddress(system: System, ifindex: number, address: string): Finding[] {
  const first = attempt('set-address', () => system.setAddress(ifindex, address));
  if (first.length === 0) return [];
  return attempt('set-address', () => {
    system.setUp(ifindex, false);
    system.setAddress(ifindex, address);
  });
}

/** Verifies an interface that was handled before; one that no longer holds, or never did, is shut off. */
export function recheckInterface(
  system: System,
  facts: InterfaceFacts,
  record: InterfaceRecord,
  decision: DecisionState,
): void {
  const findings =
    record.state === 'failed'
      ? record.findings
      : [...sameDecision(record, decision), ...verifyInterface(facts, record, surroundings(system))];
  if (findings.length > 0) fail(system, facts, record, findings);
  else if (lacksVoice(facts)) speak(system, facts, record);
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
  // Before the ladder as well: a driver that hangs in it must not leave the interface on record as verified.
  const remembered = attempt('record', () =>
    writeRecord(system, { ...record, state: 'failed', findings: reasons }),
  );
  const left = [...remembered, ...shutOff(system, facts)];
  writeRecord(system, { ...record, state: 'failed', findings: [...reasons, ...left] });
}

/** A record of an interface nothing was done to yet. */
export function newRecord(
  facts: InterfaceFacts,
  { realAddress, address }: Pick<Open, 'realAddress' | 'address'>,
  decision: OpenDecision,
): InterfaceRecord {
  const { ifindex, name, driver, model, permanentAddress, assignType } = facts;
  const known = {
    ifindex,
    name,
    driver,
    model,
    permanentAddress,
    assignType,
    realAddress,
    address,
    decision,
  };
  return { ...known, state: 'begun', framesBeforeVerification: 0, findings: [] };
}

function speak(system: System, facts: InterfaceFacts, record: InterfaceRecord): void {
  // Written before the voice is given: if it cannot be remembered, the interface stays mute.
  writeRecord(system, record);
  // A radio of mac80211 that is up needs no qdisc; another one, or one that is down, might.
  if (!lacksVoice(facts)) return;
  const refused = attempt('voice', () => giveVoice(system, facts));
  const now = readInterface(system, facts.ifindex);
  const findings = [...refused, ...(now ? verifyVoice(now) : [])];
  if (findings.length > 0) fail(system, facts, record, findings);
}

function surroundings(system: System): Surroundings {
  return { interfaces: readInterfaces(system), records: readRecords(system) };
}
