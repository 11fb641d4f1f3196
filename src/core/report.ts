import type { DecisionState } from './decision.ts';

/** One thing that is not right, named by the rule it breaks. */
export interface Finding {
  rule: string;
  /** What was seen and what it means, in one sentence for people. */
  text: string;
}

/**
 * Where an interface stands: verified (may speak), exempt (virtual, nothing to hide), mute (not decided or not
 * handled yet; the kernel drops what it is given), failed (could not be verified and was put out of reach).
 */
export type InterfaceState = 'verified' | 'exempt' | 'mute' | 'failed';

/** One interface as `status --json` shows it. */
export interface InterfaceReport {
  ifindex: number;
  name: string;
  driver: string;
  model: string;
  /** The permanent address, else the one seen before any change; '' when the interface has none. */
  realAddress: string;
  address: string;
  state: InterfaceState;
  /** Frames the kernel counted as sent before the interface was verified; null when it never was. */
  framesBeforeVerification: number | null;
  findings: Finding[];
}

/** What `macveil-hook status --json` and `verify` print: the contract between the boot side and everything that reads it. */
export interface Report {
  version: 1;
  decision: DecisionState;
  interfaces: InterfaceReport[];
  /** Findings about the machine as a whole. */
  findings: Finding[];
}
