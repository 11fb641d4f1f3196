import type { OpenDecision } from './decision.ts';
import type { InterfaceFacts, RealAddress } from './link.ts';
import { parseMac } from './mac.ts';
import type { Finding } from './report.ts';

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
  /** The address decided on; the real one under `keep`. */
  address: string;
  decision: OpenDecision;
  state: 'begun' | 'verified' | 'failed';
  /** Frames the kernel counted as sent before the interface was verified. */
  framesBeforeVerification: number;
  findings: Finding[];
}

/** The record of this very interface, found by ifindex and permanent address, never by name (names are not stable). */
export function recordOf(facts: InterfaceFacts, records: InterfaceRecord[]): InterfaceRecord | null {
  return (
    records.find((r) => r.ifindex === facts.ifindex && r.permanentAddress === facts.permanentAddress) ?? null
  );
}

/** The address to protect: remembered, else reported by the hardware, else the one the interface was born with. */
export function realAddressOf(facts: InterfaceFacts, record: InterfaceRecord | null): RealAddress {
  if (record) return record.realAddress;
  return parseMac(facts.permanentAddress) ?? parseMac(facts.address) ?? '';
}
