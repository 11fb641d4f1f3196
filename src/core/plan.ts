import { type DecisionState, isOpen } from './decision.ts';
import { type Event, type State, type Transition, transition } from './lifecycle.ts';
import { CHANGEABLE_TYPES, type InterfaceFacts, type RealAddress } from './link.ts';
import { deriveMac } from './mac.ts';
import { lacksVoice } from './mute.ts';
import { type InterfaceRecord, realAddressOf, recordOf, sameDecision, wasPutAway } from './record.ts';
import type { Finding } from './report.ts';
import { type Surroundings, verifyInterface } from './verify.ts';
import { MUTE_QDISC } from './voice.ts';

/** What is to be done with one interface, and why. */
export interface Plan extends Transition {
  event: Event;
  /** What this boot remembers of it; null for one that was never handled. */
  record: InterfaceRecord | null;
  realAddress: RealAddress;
  /** The address to give it, for the act `change`; '' otherwise. */
  address: string;
  /** Why it is put away, for that act. */
  findings: Finding[];
}

/** Everything a plan is made from; `random` gives 24 bits for each try at an address. */
export interface Situation extends Surroundings {
  decision: DecisionState;
  random: Uint8Array;
}

/** What was seen, before the table says what follows from it. */
type Sight = Pick<Plan, 'event' | 'address' | 'findings'>;

/** ARPHRD_PPP and ARPHRD_SLIP (linux/if_arp.h): virtual, but with a transmit queue, so born mute like hardware. */
const QUEUEING_TYPES = new Set([256, 512]);
/** Link kinds with a transmit queue; bridges, bonds, veth, vlan, wireguard and most others are IFF_NO_QUEUE. */
const QUEUEING_KINDS = new Set([
  'tun',
  'ppp',
  'ipoib',
  'rmnet',
  'ifb',
  'gretap',
  'ip6gretap',
  'erspan',
  'ip6erspan',
]);

/** Decides what to do with one interface; pure, the same input gives the same plan. */
export function planInterface(facts: InterfaceFacts, situation: Situation): Plan {
  const record = facts.physical ? recordOf(facts, situation.records) : null;
  const realAddress = realAddressOf(facts, record);
  const sight = look(facts, record, realAddress, situation);
  return { ...transition(stateOf(record), sight.event), ...sight, record, realAddress };
}

/** The state that a record stands for; an interface that is held has none. */
export function stateOf(record: InterfaceRecord | null): State {
  return record?.state ?? 'new';
}

/** A virtual interface stays mute only if it is of a queueing kind; a blackhole on one that is up shows a kind the tables do not know. */
export function needsVoice(facts: InterfaceFacts): boolean {
  const queues = QUEUEING_TYPES.has(facts.type) || QUEUEING_KINDS.has(facts.kind);
  return queues ? lacksVoice(facts) : facts.leafQdiscs.includes(MUTE_QDISC);
}

function look(
  facts: InterfaceFacts,
  record: InterfaceRecord | null,
  realAddress: RealAddress,
  situation: Situation,
): Sight {
  if (!facts.physical) return sight('virtual');
  if (record?.state === 'failed') return sight('wrong', record.findings);
  const { decision } = situation.decision;
  if (!isOpen(decision)) return sight('closed');
  const strange = record ? sameDecision(record, situation.decision) : [];
  if (strange.length > 0) return sight('strange', strange);
  if (record?.state === 'verified') return judged(verifyInterface(facts, record, situation));
  if (record === null && wasPutAway(facts, realAddress, situation.records))
    return sight('returned', [RETURNED]);
  return chooseAddress(facts, record, realAddress, situation);
}

/** Right when nothing was found, else wrong. */
export function judged(findings: Finding[]): Sight {
  return findings.length === 0 ? sight('right') : sight('wrong', findings);
}

function chooseAddress(
  facts: InterfaceFacts,
  record: InterfaceRecord | null,
  realAddress: RealAddress,
  situation: Situation,
): Sight {
  if (situation.decision.decision === 'keep' || facts.address === '')
    return { ...sight('fit'), address: record?.address ?? facts.address };
  if (!CHANGEABLE_TYPES.has(facts.type) || realAddress === '')
    return unfit('unsupported-type', `has an address of a type (${facts.type}) that cannot be changed`);
  const taken = takenAddresses(facts, situation);
  const before = record?.address ?? sessionAddress(realAddress, situation.records);
  const address = before && !taken.has(before) ? before : deriveMac(realAddress, situation.random, taken);
  if (address === null) return unfit('no-address', 'no free address could be derived');
  return { ...sight('fit'), address };
}

/** The address this card had earlier in the session: a card that is plugged in again must not look new. */
function sessionAddress(realAddress: RealAddress, records: InterfaceRecord[]): string | null {
  return records.find((r) => r.realAddress === realAddress && r.decision === 'spoof')?.address || null;
}

/** Addresses the interface must not get: its own real ones and the one it was born with, all that others have now, and every card's real one. */
function takenAddresses(facts: InterfaceFacts, { interfaces, records }: Situation): Set<string> {
  const old = recordOf(facts, records) === null ? facts.address : '';
  const others = interfaces.filter((other) => other.ifindex !== facts.ifindex);
  return new Set([
    facts.permanentAddress,
    old,
    ...others.flatMap((other) => [other.address, other.permanentAddress]),
    ...records.map((record) => record.realAddress),
  ]);
}

const RETURNED: Finding = {
  rule: 'put-away-before',
  text: 'this card was put away earlier in this boot, and stays so until power-off',
};

function unfit(rule: string, text: string): Sight {
  return sight('unfit', [{ rule, text }]);
}

function sight(event: Event, findings: Finding[] = []): Sight {
  return { event, address: '', findings };
}
