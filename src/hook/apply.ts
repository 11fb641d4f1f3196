import type { DecisionState, OpenDecision } from '../core/decision.ts';
import { isOpen } from '../core/decision.ts';
import { type State, transition } from '../core/lifecycle.ts';
import type { InterfaceFacts } from '../core/link.ts';
import { dropsAll, lacksVoice, verifyVoice } from '../core/mute.ts';
import { judged, needsVoice, type Plan } from '../core/plan.ts';
import type { InterfaceRecord } from '../core/record.ts';
import type { Finding } from '../core/report.ts';
import { verifyInterface } from '../core/verify.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';
import { forgetIpv6 } from './forget.ts';
import { isMuting } from './gate.ts';
import { closeGuard, keepGuard, openGuard } from './guard.ts';
import { refresh, refreshView } from './inventory.ts';
import { hookPolicy } from './policy.ts';
import { putAway } from './put-away.ts';
import { allowRadio, blockRadio } from './radios.ts';
import { readRecords, writeRecord } from './state.ts';
import { giveVoice, silence } from './voice.ts';

/** A loop that brings an interface up again and again (measured with usbnet) wins twice in a row, not five times. */
const TRIES = 5;

/** Carries out a plan and returns the state that the interface is in then. */
export function carryOut(system: System, facts: InterfaceFacts, plan: Plan, decision: DecisionState): State {
  switch (plan.act) {
    case 'release':
      if (needsVoice(facts)) giveVoice(system, facts);
      return plan.next;
    case 'silence':
      return hold(system, facts, plan, decision);
    case 'change':
      return open(system, facts, plan, openDecision(decision));
    case 'speak':
      return speak(system, facts, recordFor(facts, plan, decision));
    case 'put-away':
      return putAway(system, facts, recordFor(facts, plan, decision), plan.findings);
    case 'none':
      return plan.next;
  }
}

/** Down and mute, as read back; what cannot be held is put away. */
function hold(system: System, facts: InterfaceFacts, plan: Plan, decision: DecisionState): State {
  const refused = [
    ...attempt('hold', () => silence(system, facts)),
    ...attempt('hold', () => blockRadio(system, facts)),
    ...closeGuard(system, facts, plan.realAddress),
  ];
  const now = refresh(system, facts);
  if (now === undefined) return 'gone';
  if (!now.up && dropsAll(now)) return plan.next;
  const why = { rule: 'hold', text: 'it could not be held down and mute' };
  return putAway(system, now, recordFor(now, plan, decision), [...refused, why]);
}

/** Change, read back, verify, and only then let it speak. */
function open(system: System, facts: InterfaceFacts, plan: Plan, decision: OpenDecision): State {
  // An address changes only while the interface is down; being up this early, or born with a voice, is nobody's right.
  if (facts.up || !isMuting(system)) silence(system, facts);
  const begun = newRecord(facts, plan, decision);
  // Before it can be up: what passes over qdiscs (PACKET_QDISC_BYPASS) does not pass over this.
  const guarded = openGuard(system, facts, begun);
  // Written first: a driver without a permanent address shows its real one only until it is changed.
  writeRecord(system, begun);
  const refused = plan.address === facts.address ? [] : changeAddress(system, facts.ifindex, plan.address);
  const now = refreshView(system, facts);
  if (now === undefined) return 'gone';
  const record = { ...begun, framesBeforeVerification: now.facts.txPackets };
  // After the change: what IPv6 learns anew is the new address.
  const remembered = decision === 'spoof' ? forgetIpv6(system, now.facts) : [];
  const around = { interfaces: now.interfaces, records: readRecords(system) };
  const found = [...fatal(guarded), ...refused, ...remembered, ...verifyInterface(now.facts, record, around)];
  const { event, findings } = judged(found);
  if (transition(begun.state, event).act === 'speak') return speak(system, now.facts, record);
  return putAway(system, now.facts, record, findings);
}

/** Again after a refusal: somebody may bring the interface up in between, more than once. */
function changeAddress(system: System, ifindex: number, address: string): Finding[] {
  let refused = attempt('set-address', () => system.setAddress(ifindex, address));
  for (let tries = 1; tries < TRIES && refused.length > 0; tries++) {
    refused = attempt('set-address', () => {
      system.setUp(ifindex, false);
      system.setAddress(ifindex, address);
    });
  }
  return refused;
}

/** Lets a verified interface speak; one that cannot is of no use to anybody, and nothing is known of it. */
function speak(system: System, facts: InterfaceFacts, record: InterfaceRecord): State {
  // Written before the voice is given: if it cannot be remembered, the interface stays mute.
  const verified = { ...record, state: 'verified' as const };
  const first = record.state !== 'verified';
  if (first) writeRecord(system, verified);
  const guarded = first ? [] : keepGuard(system, facts, verified);
  const refused = first ? allowRadio(system, facts) : [];
  const findings = [...fatal(guarded), ...refused, ...voice(system, facts)];
  return findings.length === 0 ? 'verified' : putAway(system, facts, verified, findings);
}

/** Findings about the guard, if the image does not want a card without one; otherwise they are for the report alone. */
function fatal(guarded: Finding[]): Finding[] {
  return hookPolicy().guard === 'required' ? guarded : [];
}

/** A radio of mac80211 that is up needs no qdisc; another one, or one that is down, might. */
function voice(system: System, facts: InterfaceFacts): Finding[] {
  if (!lacksVoice(facts)) return [];
  const refused = attempt('voice', () => giveVoice(system, facts));
  const now = refresh(system, facts);
  return [...refused, ...(now ? verifyVoice(now) : [])];
}

function recordFor(facts: InterfaceFacts, plan: Plan, { decision }: DecisionState): InterfaceRecord {
  // By the name that people know it by now.
  if (plan.record) return { ...plan.record, name: facts.name };
  return newRecord(facts, plan, isOpen(decision) ? decision : 'spoof');
}

/** A record of an interface nothing was done to yet. */
function newRecord(
  facts: InterfaceFacts,
  { realAddress, address }: Pick<Plan, 'realAddress' | 'address'>,
  decision: OpenDecision,
): InterfaceRecord {
  const { ifindex, name, driver, model, permanentAddress, assignType, device } = facts;
  const known = { ifindex, name, driver, model, permanentAddress, assignType, device };
  const given = { realAddress, address, decision };
  return { ...known, ...given, state: 'begun', away: 'not', framesBeforeVerification: 0, findings: [] };
}

function openDecision({ decision }: DecisionState): OpenDecision {
  if (isOpen(decision)) return decision;
  throw new Error(`a plan to open an interface was made under "${decision}"`);
}
