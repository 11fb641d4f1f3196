import { type DecisionState, isOpen } from './decision.ts';
import { CHANGEABLE_TYPES, type InterfaceFacts, type RealAddress } from './link.ts';
import { deriveMac } from './mac.ts';
import { lacksVoice } from './mute.ts';
import { type InterfaceRecord, realAddressOf, recordOf } from './record.ts';
import type { Finding } from './report.ts';
import { MUTE_QDISC } from './voice.ts';

/** What is to be done with one interface. */
export type Plan =
  /** Virtual: nothing to hide; it gets a qdisc only if it is of a kind that would otherwise stay mute. */
  | { kind: 'exempt'; needsVoice: boolean }
  /** Not decided, or decided against: it stays down and mute. */
  | { kind: 'hold'; reason: string }
  /** Give it `address` while it is down (unless it has it: `change`), verify, then let it speak. */
  | { kind: 'open'; realAddress: RealAddress; address: string; change: boolean }
  /** Handled before in this boot: only verify again. */
  | { kind: 'recheck'; record: InterfaceRecord }
  /** Nothing can make it safe: put it out of reach. */
  | { kind: 'shut-off'; realAddress: RealAddress; finding: Finding };

/** Everything a plan is made from; `random` gives 24 bits for each try at an address. */
export interface Situation {
  decision: DecisionState;
  interfaces: InterfaceFacts[];
  records: InterfaceRecord[];
  random: Uint8Array;
}

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
  if (!facts.physical) return { kind: 'exempt', needsVoice: needsVoice(facts) };
  const { decision, reason } = situation.decision;
  if (!isOpen(decision)) return { kind: 'hold', reason: reason || `the decision is "${decision}"` };
  const record = recordOf(facts, situation.records);
  if (record && record.state !== 'begun') return { kind: 'recheck', record };
  // An attempt of another decision that was broken off: its address is not this one's.
  if (record && record.decision !== decision)
    return shutOff(record.realAddress, 'other-decision', 'it was begun under another decision');
  const realAddress = realAddressOf(facts, record);
  if (decision === 'keep' || facts.address === '')
    return { kind: 'open', realAddress, address: record?.address ?? facts.address, change: false };
  return planSpoof(facts, record, realAddress, situation);
}

function planSpoof(
  facts: InterfaceFacts,
  record: InterfaceRecord | null,
  realAddress: RealAddress,
  situation: Situation,
): Plan {
  if (!CHANGEABLE_TYPES.has(facts.type) || realAddress === '')
    return shutOff(
      realAddress,
      'unsupported-type',
      `has an address of a type (${facts.type}) that cannot be changed`,
    );
  const taken = takenAddresses(facts, situation);
  const before = record?.address ?? sessionAddress(realAddress, situation.records);
  const address = before && !taken.has(before) ? before : deriveMac(realAddress, situation.random, taken);
  if (address === null) return shutOff(realAddress, 'no-address', 'no free address could be derived');
  return { kind: 'open', realAddress, address, change: address !== facts.address };
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

/** A blackhole at the root of a virtual interface that is up shows a queueing kind the tables do not know. */
function needsVoice(facts: InterfaceFacts): boolean {
  const queues = QUEUEING_TYPES.has(facts.type) || QUEUEING_KINDS.has(facts.kind);
  return queues ? lacksVoice(facts) : facts.leafQdiscs.includes(MUTE_QDISC);
}

function shutOff(realAddress: RealAddress, rule: string, text: string): Plan {
  return { kind: 'shut-off', realAddress, finding: { rule, text } };
}
