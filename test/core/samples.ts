import type { DecisionState } from '../../src/core/decision.ts';
import type { EarlyInterface } from '../../src/core/early.ts';
import type { InterfaceFacts } from '../../src/core/link.ts';
import type { InterfaceRecord } from '../../src/core/record.ts';
import type { Memory } from '../../src/core/report.ts';

export const REAL = '00:1b:21:0a:0b:0c';
export const GIVEN = '00:1b:21:11:22:33';

/** A wired card as it looks when its driver has just made it. */
export function card(change: Partial<InterfaceFacts> = {}): InterfaceFacts {
  return {
    ifindex: 2,
    name: 'eth0',
    type: 1,
    address: REAL,
    permanentAddress: REAL,
    up: false,
    kind: '',
    master: 0,
    qdisc: 'noop',
    txQueues: 1,
    txPackets: 0,
    physical: true,
    wireless: false,
    device: '../../../0000:00:03.0',
    driver: 'e1000',
    assignType: 0,
    model: 'Intel 82540EM',
    leafQdiscs: [change.qdisc ?? 'noop'],
    ...change,
  };
}

/** The record of that card, verified under spoof. */
export function record(change: Partial<InterfaceRecord> = {}): InterfaceRecord {
  return {
    ifindex: 2,
    name: 'eth0',
    driver: 'e1000',
    model: 'Intel 82540EM',
    permanentAddress: REAL,
    assignType: 0,
    realAddress: REAL as InterfaceRecord['realAddress'],
    address: GIVEN,
    decision: 'spoof',
    state: 'verified',
    framesBeforeVerification: 0,
    findings: [],
    device: '../../../0000:00:03.0',
    away: 'not',
    ...change,
  };
}

/** What a boot remembers that handled these interfaces. */
export function remembers(...records: InterfaceRecord[]): Memory {
  return { records, early: [] };
}

/** The card of these samples, as `early` found it there. */
export function there(change: Partial<EarlyInterface> = {}): EarlyInterface {
  const card = { ifindex: 2, name: 'eth0', driver: 'e1000', model: '', permanentAddress: REAL };
  return { ...card, up: false, txPackets: 0, ...change };
}

export function decided(decision: DecisionState['decision'], reason = ''): DecisionState {
  return { decision, source: 'cmdline', reason };
}
