import type { InterfaceFacts } from './link.ts';
import { isLocalMac, isUnicastMac, type MacAddress, parseMac, vendorPart } from './mac.ts';
import type { InterfaceRecord } from './record.ts';
import type { Finding } from './report.ts';
import { MUTE_QDISC } from './voice.ts';

/** The machine around one interface: all that is there now, and all that this boot remembers. */
export interface Surroundings {
  interfaces: InterfaceFacts[];
  records: InterfaceRecord[];
}

/** Root qdiscs of an interface that cannot send: none yet, or the one that drops all. */
const MUTE_QDISCS = new Set(['noop', MUTE_QDISC]);

/** NET_ADDR_RANDOM of sysfs addr_assign_type: the driver made the address up, and managers may choose another. */
const ASSIGNED_AT_RANDOM = 1;

/** True when the kernel would drop what the interface is given to send. */
export function isMute(facts: InterfaceFacts): boolean {
  return MUTE_QDISCS.has(facts.qdisc);
}

/**
 * Every rule of the record's decision that the interface, as read back from the kernel, breaks; [] is verified. The
 * texts never carry an address, because they go to logs.
 */
export function verifyInterface(
  facts: InterfaceFacts,
  record: InterfaceRecord,
  around: Surroundings,
): Finding[] {
  if (record.decision === 'keep') return keepRules(facts, record);
  return [...spoofRules(facts, record, around), ...silenceRule(record)];
}

/** Rules for the time after an interface was let speak: it must have a real qdisc, or people have no network. */
export function verifyVoice(facts: InterfaceFacts): Finding[] {
  return rule('still-mute', facts.wireless || !isMute(facts), `its root qdisc is still ${facts.qdisc}`);
}

function spoofRules(facts: InterfaceFacts, record: InterfaceRecord, around: Surroundings): Finding[] {
  if (record.realAddress === '' && facts.address === '') return [];
  const address = parseMac(facts.address);
  if (address === null || !isUnicastMac(address))
    return rule('no-address', false, 'its address is not one a card can have');
  return [
    ...rule('real-address', !realAddresses(facts, record, around).has(address), 'its address is a real one'),
    ...(isScanAddress(facts, record) ? [] : givenRules(address, record)),
    ...rule('unique', !isShared(facts, around), 'another card has the same address'),
  ];
}

function givenRules(address: MacAddress, record: InterfaceRecord): Finding[] {
  return [
    ...rule('vendor-part', hasVendorOf(address, record), 'its address has another vendor part than its own'),
    ...rule('given-address', address === record.address, 'its address is not the one it was given'),
  ];
}

/**
 * While a verified radio looks for networks, its manager lets it ask under random local addresses (NetworkManager's
 * wifi.scan-rand-mac-address, wpa_supplicant's preassoc_mac_addr), and puts the given one back before it joins one.
 */
function isScanAddress(facts: InterfaceFacts, record: InterfaceRecord): boolean {
  const address = parseMac(facts.address);
  return facts.wireless && record.state === 'verified' && address !== null && isLocalMac(address);
}

function keepRules(facts: InterfaceFacts, record: InterfaceRecord): Finding[] {
  if (record.permanentAddress === '' && facts.assignType === ASSIGNED_AT_RANDOM) return [];
  if (isScanAddress(facts, record)) return [];
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

/** A bridge or bond on top has its card's address, rightly; two cards never do. */
function isShared(facts: InterfaceFacts, { interfaces }: Surroundings): boolean {
  return interfaces.some((o) => o.physical && o.ifindex !== facts.ifindex && o.address === facts.address);
}

function rule(name: string, holds: boolean, text: string): Finding[] {
  return holds ? [] : [{ rule: name, text }];
}
