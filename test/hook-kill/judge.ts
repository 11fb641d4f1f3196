import { type MacAddress, vendorPart } from '../../src/core/mac.ts';
import type { InterfaceRecord } from '../../src/core/record.ts';
import type { Gate } from './trial.ts';

/** A card as the kernel shows it, and what the hook remembers of it. */
export interface Sight {
  address: string;
  qdisc: string;
  record: (Pick<InterfaceRecord, 'state' | 'address'> & Partial<InterfaceRecord>) | null;
}

/** Root qdiscs of an interface that sends nothing: none yet, where the mute default awaits it, or the mute one. */
const MUTE = new Set(['noop', 'blackhole']);

/** What must hold at every moment: the card is mute, or it was verified under another address of the same vendor. */
export function leaks({ address, qdisc, record }: Sight, real: MacAddress): string[] {
  if (MUTE.has(qdisc)) return [];
  return [
    ...(address === real ? ['it has a voice and its real address'] : []),
    ...(address.startsWith(`${vendorPart(real)}:`)
      ? []
      : ['it has a voice and an address of another vendor']),
    ...(record?.state === 'verified' && record.address === address
      ? []
      : ['it has a voice and is not on record as verified']),
  ];
}

/** What must hold once an undisturbed hook was there: verified with a voice, or failed and mute. */
export function isUnsettled(sight: Sight, real: MacAddress): string[] {
  const mute = MUTE.has(sight.qdisc);
  const state = sight.record?.state ?? 'unknown';
  const settled = mute ? state === 'failed' : state === 'verified';
  return [...leaks(sight, real), ...(settled ? [] : [`it is ${mute ? 'mute' : 'not mute'} and ${state}`])];
}

/** What must hold of the gate at every moment: drivers may load only where what they bring is born mute, and stays so. */
export function isOpenTooEarly({ unblocked, mute, sysctl }: Gate): string[] {
  if (!unblocked) return [];
  return [
    ...(mute === 'blackhole' ? [] : [`drivers may load, and a new interface gets ${mute}`]),
    ...(/^net\.core\.default_qdisc = blackhole$/m.test(sysctl)
      ? []
      : ["drivers may load, and nothing keeps the root's systemd-sysctl from giving new interfaces a voice"]),
  ];
}
