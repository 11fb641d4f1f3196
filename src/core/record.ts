import type { DecisionState, OpenDecision } from './decision.ts';
import type { InterfaceFacts, RealAddress } from './link.ts';
import { isUnicastMac, type MacAddress, parseMac } from './mac.ts';
import type { Finding } from './report.ts';

/**
 * How far out of reach an interface is: `held` down and mute by its own qdisc, `unbound` from its driver, `unloaded`
 * with it, or `all-off`: nothing less could be proven, so all networking was shut.
 */
export type Away = 'not' | 'held' | 'unbound' | 'unloaded' | 'all-off';

/** What this boot remembers of one interface; written before its address changes, so that nothing is forgotten. */
export interface InterfaceRecord {
  ifindex: number;
  name: string;
  driver: string;
  model: string;
  /** IFLA_PERM_ADDRESS when first seen; '' when the driver reports none. */
  permanentAddress: string;
  /** The permanent address, else the one seen before any change. */
  realAddress: RealAddress;
  /** sysfs addr_assign_type when first seen; managers that set an address change it. */
  assignType: number;
  /** The address decided on; the real one under `keep`. */
  address: string;
  decision: OpenDecision;
  state: 'begun' | 'verified' | 'failed';
  /** Sysfs path of its device: what is put away by it stays so, whatever its interface is called next. */
  device: string;
  /** How far it was put out of reach; 'not' unless it failed. */
  away: Away;
  /** Frames the kernel counted as sent before the interface was verified. */
  framesBeforeVerification: number;
  findings: Finding[];
}

/**
 * The record of this very interface, found by ifindex and permanent address, never by name (names are not stable). A
 * modem that is switched to raw IP has no address any more and is still the same.
 */
export function recordOf(
  facts: Pick<InterfaceFacts, 'ifindex' | 'permanentAddress'>,
  records: InterfaceRecord[],
): InterfaceRecord | null {
  const same = (r: InterfaceRecord) =>
    facts.permanentAddress === '' || r.permanentAddress === facts.permanentAddress;
  return records.find((r) => r.ifindex === facts.ifindex && same(r)) ?? null;
}

/** An interface that was opened under one decision is not right under another. */
export function sameDecision(record: InterfaceRecord, { decision }: DecisionState): Finding[] {
  if (record.decision === decision) return [];
  const text = `it was opened under "${record.decision}", but the decision in force is "${decision}"`;
  return [{ rule: 'other-decision', text }];
}

/**
 * True for hardware that failed under another ifindex: it was unplugged and plugged in again, or its driver was bound
 * anew. It is known by its real address, or by its place when it has none.
 */
export function wasPutAway(
  { ifindex, device }: InterfaceFacts,
  realAddress: RealAddress,
  records: InterfaceRecord[],
): boolean {
  const same = (r: InterfaceRecord) =>
    realAddress !== '' ? r.realAddress === realAddress : r.device !== '' && r.device === device;
  return records.some((r) => r.state === 'failed' && r.ifindex !== ifindex && same(r));
}

/** The address to protect: remembered, else reported by the hardware, else the one the interface was born with. */
export function realAddressOf(facts: InterfaceFacts, record: InterfaceRecord | null): RealAddress {
  if (record) return record.realAddress;
  return cardAddress(facts.permanentAddress) ?? cardAddress(facts.address) ?? '';
}

/** An unprogrammed EEPROM may report a group address, of which no address for a card can be derived. */
function cardAddress(text: string): MacAddress | null {
  const address = parseMac(text);
  return address !== null && isUnicastMac(address) ? address : null;
}
