import { type DecisionState, isOpen } from '../core/decision.ts';
import { nameOfInterface } from '../core/format.ts';
import type { InterfaceFacts } from '../core/link.ts';
import { planInterface } from '../core/plan.ts';
import type { InterfaceRecord } from '../core/record.ts';
import { type Finding, type InterfaceReport, makeReport, type Report } from '../core/report.ts';
import type { System } from '../system/system.ts';
import { fail, newRecord, openInterface, recheckInterface } from './apply.ts';
import { attempt } from './attempt.ts';
import { readInterfaces } from './inventory.ts';
import { readDecision, readMemory, readRecords, writeReport } from './state.ts';
import { retriggerInterface } from './uevent.ts';
import { giveVoice, silence } from './voice.ts';

/** Three octets a try; each of the eight tries fails only when that address is taken. */
const RANDOM_BYTES = 24;

/** Decides, acts and verifies for one interface; `facts` must come from `interfaces`, and both must be fresh. */
export function handleInterface(system: System, facts: InterfaceFacts, interfaces: InterfaceFacts[]): void {
  const decision = readDecision(system);
  const plan = planInterface(facts, { decision, interfaces, ...memory(system, facts, decision) });
  switch (plan.kind) {
    case 'exempt':
      if (plan.needsVoice) giveVoice(system, facts);
      return;
    case 'hold':
      silence(system, facts);
      return;
    case 'recheck':
      recheckInterface(system, facts, plan.record, decision);
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

/** Records and random bytes are for cards alone, so that no trouble with either touches a bridge or a VPN. */
function memory(system: System, { physical }: InterfaceFacts, { decision }: DecisionState) {
  const records = physical ? readRecords(system) : [];
  // Only spoofing needs them, and getrandom(2) may wait long for its pool this early.
  const random = physical && decision === 'spoof' ? system.randomBytes(RANDOM_BYTES) : new Uint8Array();
  return { records, random };
}

/** Handles every interface that is there and reports; what is wrong goes to the kernel log as well. */
export function handleAll(system: System, extra: Finding[] = []): Report {
  const before = readRecords(system);
  const troubles = readInterfaces(system).flatMap(({ ifindex }) => handleOne(system, ifindex));
  const now = currentReport(system, [...extra, ...troubles]);
  tellUdev(system, before, now);
  writeReport(system, now);
  for (const line of complaints(now)) system.log('err', line);
  return now;
}

/** By fresh facts, since its own udev event may have been at work until now; one that makes trouble must not spare the others. */
function handleOne(system: System, ifindex: number): Finding[] {
  return attempt('handling', () => {
    const interfaces = readInterfaces(system);
    const facts = interfaces.find((one) => one.ifindex === ifindex);
    if (facts) handleInterface(system, facts, interfaces);
  });
}

/** udev's properties say who may manage an interface: they must follow when its state changed outside its event. */
function tellUdev(system: System, before: InterfaceRecord[], now: Report): void {
  const stateOf = (records: InterfaceRecord[], ifindex: number) =>
    records.find((record) => record.ifindex === ifindex)?.state;
  const after = readRecords(system);
  for (const { ifindex, name } of now.interfaces) {
    if (stateOf(before, ifindex) !== stateOf(after, ifindex)) retriggerInterface(system, name);
  }
}

/** The machine as it stands now, judged; changes nothing. */
export function currentReport(system: System, extra: Finding[] = []): Report {
  return makeReport(readDecision(system), readInterfaces(system), readMemory(system), extra);
}

/** Every finding of one interface in words, led by its name. */
export function complaintsOf(one: InterfaceReport): string[] {
  return one.findings.map((finding) => `${nameOfInterface(one)}: ${finding.text} [${finding.rule}]`);
}

function complaints({ findings, interfaces }: Report): string[] {
  return [...findings.map(({ text, rule }) => `${text} [${rule}]`), ...interfaces.flatMap(complaintsOf)];
}

function openDecision({ decision }: DecisionState) {
  if (isOpen(decision)) return decision;
  throw new Error(`a plan to open an interface was made under "${decision}"`);
}
