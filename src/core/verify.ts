import type { InterfaceFacts } from './link.ts';
import { isUnicastMac, parseMac, vendorPart } from './mac.ts';
import type { InterfaceRecord } from './record.ts';
import type { Finding } from './report.ts';

/** Root qdiscs of an interface that cannot send: none yet, or the one that drops all (net/sched/sch_blackhole.c). */
const MUTE_QDISCS = new Set(['noop', 'blackhole']);

/** True when the kernel would drop what the interface is given to send. */
export function isMute(facts: InterfaceFacts): boolean {
  return MUTE_QDISCS.has(facts.qdisc);
}

/** NET_ADDR_RANDOM of sysfs addr_assign_type: the driver made the address up, and managers may choose another. */
const ASSIGNED_AT_RANDOM = 1;

/** Every rule of the record's decision that the interface, as read back from the kernel, breaks; [] is verified. */
export function verifyInterface(
  facts: InterfaceFacts,
  record: InterfaceRecord,
  interfaces: InterfaceFacts[],
  records: InterfaceRecord[],
): Finding[] {
  if (record.decision === 'keep') return keepRules(facts, record);
  return [...spoofRules(facts, record, interfaces, records), ...silenceRule(record)];
}

/** Rules for the time after an interface was let speak: it must have a real qdisc, or people have no network. */
export function verifyVoice(facts: InterfaceFacts): Finding[] {
  if (facts.wireless || !isMute(facts)) return [];
  return [{ rule: 'still-mute', text: `its root qdisc is still ${facts.qdisc}, so it cannot send` }];
}

function spoofRules(
  facts: InterfaceFacts,
  record: InterfaceRecord,
  interfaces: InterfaceFacts[],
  records: InterfaceRecord[],
): Finding[] {
  if (record.realAddress === '' && facts.address === '') return [];
  const address = parseMac(facts.address);
  if (address === null || !isUnicastMac(address))
    return [
      { rule: 'no-address', text: `its address reads "${facts.address}", which is not one a card can have` },
    ];
  return [
    rule(
      'real-address',
      !realAddresses(facts, record, records).has(address),
      `it has a real address, ${address}`,
    ),
    rule(
      'vendor-part',
      vendorPart(address) === record.realAddress.slice(0, 8),
      `${address} has another vendor part`,
    ),
    rule('given-address', address === record.address, `it has ${address}, but was given ${record.address}`),
    rule('unique', !sharedBy(facts, interfaces), `another interface has ${address} too`),
  ].flat();
}

function keepRules(facts: InterfaceFacts, record: InterfaceRecord): Finding[] {
  if (record.permanentAddress === '' && facts.assignType === ASSIGNED_AT_RANDOM) return [];
  const expected = record.permanentAddress || record.realAddress;
  return rule(
    'kept-address',
    facts.address === expected,
    `it has ${facts.address}, not its own address ${expected}`,
  );
}

/** A frame that left before verification may have shown the real address: nothing later can take it back. */
function silenceRule(record: InterfaceRecord): Finding[] {
  const frames = record.framesBeforeVerification;
  return rule('silent-before', frames === 0, `${frames} frames were sent before it was verified`);
}

function realAddresses(
  facts: InterfaceFacts,
  record: InterfaceRecord,
  records: InterfaceRecord[],
): Set<string> {
  return new Set([facts.permanentAddress, record.realAddress, ...records.map((other) => other.realAddress)]);
}

function sharedBy(facts: InterfaceFacts, interfaces: InterfaceFacts[]): boolean {
  return interfaces.some((o) => o.physical && o.ifindex !== facts.ifindex && o.address === facts.address);
}

function rule(name: string, holds: boolean, text: string): Finding[] {
  return holds ? [] : [{ rule: name, text }];
}
