import { isDue } from '../core/attention.ts';
import type { DecisionState } from '../core/decision.ts';
import { nameOfInterface } from '../core/format.ts';
import { guardFindings, unguarded } from '../core/guarding.ts';
import type { State } from '../core/lifecycle.ts';
import type { InterfaceFacts } from '../core/link.ts';
import { type Plan, planInterface, stateOf } from '../core/plan.ts';
import { type InterfaceRecord, recordOf } from '../core/record.ts';
import { type Finding, type InterfaceReport, type Memory, makeReport, type Report } from '../core/report.ts';
import type { System } from '../system/system.ts';
import { carryOut } from './apply.ts';
import { attempt, findingsOf } from './attempt.ts';
import { readInterfaces, readView, type View } from './inventory.ts';
import { readDecision, readMemory, readRecords, writeReport } from './state.ts';
import { retriggerInterface } from './uevent.ts';
import { removeTellingDevices, wirelessDeviceFindings } from './wireless-devices.ts';

/** Three octets a try; each of the eight tries fails only when that address is taken. */
const RANDOM_BYTES = 24;

/** Decides, acts and verifies for one interface, of which the view must be fresh; returns the state it is in then. */
export function handleInterface(system: System, { facts, interfaces }: View): State {
  const decision = readDecision(system);
  const plan = planInterface(facts, { decision, interfaces, ...memory(system, facts, decision) });
  return carryOut(system, facts, plan, decision);
}

/** Stands for random bytes where nobody acts: only whether there could be an address matters. */
const ANY_BYTES = Uint8Array.from({ length: RANDOM_BYTES }, (_, at) => at);

/** Records and random bytes are for cards alone, so that no trouble with either touches a bridge or a VPN. */
function memory(system: System, facts: InterfaceFacts, { decision }: DecisionState) {
  const records = facts.physical ? readRecords(system) : [];
  const settled = ['verified', 'failed'].includes(stateOf(recordOf(facts, records)));
  // Only where an address may be needed, and getrandom(2) may wait long for its pool this early.
  const wanted = facts.physical && decision === 'spoof' && !settled;
  return { records, random: wanted ? system.randomBytes(RANDOM_BYTES) : new Uint8Array() };
}

/** Handles every interface that is there, some before the others, and reports; what is wrong goes to the kernel log as well. */
export function handleAll(system: System, extra: Finding[] = [], first: number[] = []): Report {
  const [all, memory] = [readInterfaces(system), readMemory(system)];
  const due = new Set([...first, ...dueInterfaces(system, all, memory.records)]);
  // What stays is in the report anyway.
  removeTellingDevices(system);
  const troubles = [...due].flatMap((ifindex) => handleOne(system, ifindex));
  // What nobody touched is as it was seen.
  const now =
    due.size > 0
      ? currentReport(system, [...extra, ...troubles])
      : reportOn(system, all, memory, [...extra, ...troubles]);
  tellUdev(system, memory.records, now);
  writeReport(system, now);
  for (const line of complaints(now)) system.log('err', line);
  return now;
}

/** Those that are not as they should be; the others need no second look, which costs as much as the first. */
function dueInterfaces(system: System, all: InterfaceFacts[], records: InterfaceRecord[]): number[] {
  const lost = unguardedOf(system, all, records);
  const due = whichAre(isDue, system, all, records);
  return all.filter((facts) => lost.includes(facts) || due.includes(facts)).map(({ ifindex }) => ifindex);
}

/** Of these interfaces, all there are, those of which something holds as things stand; nothing is done. */
export function whichAre(
  what: (facts: InterfaceFacts, plan: Plan) => boolean,
  system: System,
  all: InterfaceFacts[],
  records: InterfaceRecord[],
): InterfaceFacts[] {
  const situation = { decision: readDecision(system), interfaces: all, random: ANY_BYTES };
  return all.filter((facts) =>
    what(facts, planInterface(facts, { ...situation, records: facts.physical ? records : [] })),
  );
}

/** A kernel without guards has none to mend. */
function unguardedOf(system: System, all: InterfaceFacts[], records: InterfaceRecord[]): InterfaceFacts[] {
  let found: InterfaceFacts[] = [];
  attempt('guard', () => {
    found = unguarded(all, records, system.guards());
  });
  return found;
}

/** By fresh facts, since its own udev event may have been at work until now; one that makes trouble must not spare the others. */
function handleOne(system: System, ifindex: number): Finding[] {
  return attempt('handling', () => {
    const view = readView(system, ifindex);
    if (view) handleInterface(system, view);
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
  return reportOn(system, readInterfaces(system), readMemory(system), extra);
}

function reportOn(system: System, interfaces: InterfaceFacts[], memory: Memory, extra: Finding[]): Report {
  const guards = findingsOf('guard', () => guardFindings(interfaces, memory.records, system.guards()));
  const found = [...extra, ...guards, ...wirelessDeviceFindings(system)];
  return makeReport(readDecision(system), interfaces, memory, found);
}

/** Every finding of one interface in words, led by its name. */
export function complaintsOf(one: InterfaceReport): string[] {
  return one.findings.map((finding) => `${nameOfInterface(one)}: ${finding.text} [${finding.rule}]`);
}

function complaints({ findings, interfaces }: Report): string[] {
  return [...findings.map(({ text, rule }) => `${text} [${rule}]`), ...interfaces.flatMap(complaintsOf)];
}
