import type { Decision } from '../../src/core/decision.ts';
import type { MacAddress } from '../../src/core/mac.ts';
import type { InterfaceReport, Report } from '../../src/core/report.ts';
import { summariseFrames } from '../../src/prove/frames.ts';
import { findLeaks } from '../../src/prove/leak.ts';
import { makeNics } from '../../src/prove/nics.ts';
import type { Observation } from '../../src/prove/observation.ts';
import type { Frame } from '../../src/prove/pcap.ts';
import { ethernet } from './frame-fixtures.ts';

/** The one card of these machines. */
export const [NIC] = makeNics().slice(1, 2) as [ReturnType<typeof makeNics>[number]];
/** A good address in place of its real one. */
export const NOW = `${NIC.address.slice(0, 9)}11:22:33` as MacAddress;

/** What differs from a machine in which everything is as `decision` wants it. */
export interface Differences {
  decision?: Decision;
  present?: boolean;
  frames?: Frame[];
  seen?: Partial<Observation['interfaces'][number]> | null;
  reported?: Partial<InterfaceReport>;
  report?: Partial<Report> | null;
}

/** An observation of a machine with one card. */
export function observation(differences: Differences = {}): Observation {
  const { decision = 'spoof', seen = {} } = differences;
  const address = decision === 'keep' ? NIC.address : NOW;
  const frames = differences.frames ?? [ethernet(address, [], 1), ethernet(address, [], 2)];
  const it = { name: 'ens9', device: '', address, driver: 'e1000e', txPackets: 2, up: true, ...seen };
  const interfaces = seen === null ? [] : [it];
  const leaks = findLeaks(frames, [NIC.address]);
  return {
    nics: [
      {
        ...{ nic: NIC, frames: summariseFrames(frames, NIC.index), leaks },
        ...{ present: differences.present ?? true, seen: interfaces[0] ?? null },
      },
    ],
    interfaces,
    ...reportOf(decision, address, differences),
  };
}

function reportOf(decision: Decision, address: string, { report, reported }: Differences) {
  if (report === null) return { report, reportProblem: 'no macveil in this image' };
  const one: InterfaceReport = {
    ...{ ifindex: 2, name: 'ens9', driver: 'e1000e', model: '', realAddress: NIC.address, address },
    ...{
      state: 'verified',
      away: 'not',
      framesBeforeVerification: 0,
      beforeDecision: false,
      findings: [],
      ...reported,
    },
  };
  const state = { decision, source: 'cmdline' as const, reason: '' };
  return {
    report: { version: 1 as const, decision: state, interfaces: [one], findings: [], ...report },
    reportProblem: '',
  };
}
