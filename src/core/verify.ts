import type { InterfaceFacts } from './link.ts';
import { cardPart, isLocalMac, isUnicastMac, type MacAddress, parseMac, vendorPart } from './mac.ts';
import { type InterfaceRecord, recordOf } from './record.ts';
import type { Finding } from './report.ts';

/** What matters of the other interfaces when one is judged. */
export type Neighbour = Pick<
  InterfaceFacts,
  'ifindex' | 'address' | 'permanentAddress' | 'master' | 'physical'
>;

/** The machine around one interface: all that is there now, itself included, and all that this boot remembers. */
export interface Surroundings {
  interfaces: Neighbour[];
  records: InterfaceRecord[];
}

/** NET_ADDR_RANDOM of sysfs addr_assign_type: the driver made the address up, and managers may choose another. */
const ASSIGNED_AT_RANDOM = 1;

/**
 * Every rule of the record's decision that the interface, as read back from the kernel, breaks; [] is verified. The
 * texts never carry an address, because they go to logs.
 */
export function verifyInterface(
  facts: InterfaceFacts,
  record: InterfaceRecord,
  around: Surroundings,
): Finding[] {
  // Without an address there is nothing to show: a modem in raw IP mode.
  if (facts.address === '') return [];
  if (record.decision === 'keep') return keepRules(facts, record, around);
  return [...spoofRules(facts, record, around), ...silenceRule(record)];
}

function spoofRules(facts: InterfaceFacts, record: InterfaceRecord, around: Surroundings): Finding[] {
  const address = parseMac(facts.address);
  if (address === null || !isUnicastMac(address))
    return rule('no-address', false, 'its address is not one a card can have');
  return [
    ...rule('real-address', !realAddresses(facts, record, around).has(address), 'its address is a real one'),
    ...givenRules(address, facts, record, around),
    ...rule('unique', !isShared(facts, around), 'another card has the same address'),
  ];
}

function givenRules(
  address: MacAddress,
  facts: InterfaceFacts,
  record: InterfaceRecord,
  around: Surroundings,
): Finding[] {
  if (isScanAddress(facts, record, around) || isGroupAddress(facts, around)) return [];
  return [
    ...rule('vendor-part', hasVendorOf(address, record), 'its address has another vendor part than its own'),
    ...rule('given-address', address === record.address, 'its address is not the one it was given'),
  ];
}

/**
 * While a verified radio looks for networks, its manager lets it ask under random local addresses (NetworkManager's
 * wifi.scan-rand-mac-address, wpa_supplicant's preassoc_mac_addr), and puts the given one back before it joins one.
 * The usual local forms of a real address (a bit set, other first octets) are not random.
 */
function isScanAddress(facts: InterfaceFacts, record: InterfaceRecord, { records }: Surroundings): boolean {
  const address = parseMac(facts.address);
  if (!facts.wireless || record.state !== 'verified' || address === null) return false;
  const derived = records.some(
    (other) => other.realAddress !== '' && cardPart(other.realAddress) === cardPart(address),
  );
  return isLocalMac(address) && !derived;
}

/** Cards of one bond or team share the address of one of them (bonding.rst, fail_over_mac). */
function isGroupAddress(facts: InterfaceFacts, { interfaces, records }: Surroundings): boolean {
  if (facts.master === 0) return false;
  const members = interfaces.filter((other) => other.master === facts.master);
  return members.some((member) => recordOf(member, records)?.address === facts.address);
}

function keepRules(facts: InterfaceFacts, record: InterfaceRecord, around: Surroundings): Finding[] {
  if (record.permanentAddress === '' && record.assignType === ASSIGNED_AT_RANDOM) return [];
  if (isScanAddress(facts, record, around) || isGroupAddress(facts, around)) return [];
  const expected = record.permanentAddress || record.realAddress;
  return rule('kept-address', facts.address === expected, 'its address is not its own');
}

/** A frame that left before verification may have shown the real address: nothing later can take it back. */
function silenceRule({ framesBeforeVerification: frames }: InterfaceRecord): Finding[] {
  return rule('silent-before', frames === 0, `${frames} frames were sent before it was verified`);
}

function realAddresses(
  facts: InterfaceFacts,
  record: InterfaceRecord,
  { records }: Surroundings,
): Set<string> {
  return new Set([facts.permanentAddress, record.realAddress, ...records.map((other) => other.realAddress)]);
}

function hasVendorOf(address: MacAddress, { realAddress }: InterfaceRecord): boolean {
  return realAddress !== '' && vendorPart(address) === vendorPart(realAddress);
}

/** What lies on top of a card (bridge, vlan) has its address, rightly, and so have the other cards of its bond. */
function isShared(facts: InterfaceFacts, { interfaces }: Surroundings): boolean {
  const apart = (other: Neighbour) => facts.master === 0 || other.master !== facts.master;
  const others = interfaces.filter((o) => o.physical && o.ifindex !== facts.ifindex && apart(o));
  return others.some((other) => other.address === facts.address);
}

function rule(name: string, holds: boolean, text: string): Finding[] {
  return holds ? [] : [{ rule: name, text }];
}
