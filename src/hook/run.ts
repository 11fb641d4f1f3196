import type { DecisionState } from '../core/decision.ts';
import { nameOfInterface } from '../core/format.ts';
import { guardFindings } from '../core/guarding.ts';
import type { State } from '../core/lifecycle.ts';
import type { InterfaceFacts } from '../core/link.ts';
import { type Plan, planInterface } from '../core/plan.ts';
import type { InterfaceRecord } from '../core/record.ts';
import { type Finding, type InterfaceReport, makeReport, type Report } from '../core/report.ts';
import type { Neighbour } from '../core/verify.ts';
import type { System } from '../system/system.ts';
import { carryOut } from './apply.ts';
import { attempt, findingsOf } from './attempt.ts';
import { readInterfaces, readView, type View } from './inventory.ts';
import { readDecision, readMemory, readRecords, writeReport } from './state.ts';
import { retriggerInterface } from './uevent.ts';

/** Three octets a try; each of the eight tries fails only when that address is taken. */
const RANDOM_BYTES = 24;

/** Decides, acts and verifies for one interface, of which the view must be fresh; returns the state it is in then. */
export function handleInterface(system: System, { facts, interfaces }: View): State {
  const decision = readDecision(system);
  const plan = planInterface(facts, { decision, interfaces, ...memory(system, facts, decision) });
  return carryOut(system, facts, plan, decision);
}

/** Stands for random bytes where no address is given: only whether one could be matters. */
const ANY_BYTES = Uint8Array.from({ length: RANDOM_BYTES }, (_, at) => at);

/** What would be done with an interface, one of these, as things stand; for a look without acting. */
export function planFor(system: System, facts: InterfaceFacts, interfaces: Neighbour[]): Plan {
  const situation = { decision: readDecision(system), interfaces, random: ANY_BYTES };
  return planInterface(facts, { ...situation, records: facts.physical ? readRecords(system) : [] });
}

/** Records and random bytes are for cards alone, so that no trouble with either touches a bridge or a VPN. */
function memory(system: System, { physical }: InterfaceFacts, { decision }: DecisionState) {
  const records = physical ? readRecords(system) : [];
  // Only spoofing needs them, and getrandom(2) may wait long for its pool this early.
  const random = physical && decision === 'spoof' ? system.randomBytes(RANDOM_BYTES) : new Uint8Array();
  return { records, random };
}

/** Handles every interface that is there, some before the others, and reports; what is wrong goes to the kernel log as well. */
export function handleAll(system: System, extra: Finding[] = [], first: number[] = []): Report {
  const before = readRecords(system);
  const all = new Set([...first, ...readInterfaces(system).map(({ ifindex }) => ifindex)]);
  const troubles = [...all].flatMap((ifindex) => handleOne(system, ifindex));
  const now = currentReport(system, [...extra, ...troubles]);
  tellUdev(system, before, now);
  writeReport(system, now);
  for (const line of complaints(now)) system.log('err', line);
  return now;
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
  const [interfaces, memory] = [readInterfaces(system), readMemory(system)];
  const guards = findingsOf('guard', () => guardFindings(interfaces, memory.records, system.guards()));
  return makeReport(readDecision(system), interfaces, memory, [...extra, ...guards]);
}

/** Every finding of one interface in words, led by its name. */
export function complaintsOf(one: InterfaceReport): string[] {
  return one.findings.map((finding) => `${nameOfInterface(one)}: ${finding.text} [${finding.rule}]`);
}

function complaints({ findings, interfaces }: Report): string[] {
  return [...findings.map(({ text, rule }) => `${text} [${rule}]`), ...interfaces.flatMap(complaintsOf)];
}
