import { type DecisionState, isOpen } from './decision.ts';
import { type EarlyInterface, earlyFindings, wasEarly } from './early.ts';
import type { InterfaceFacts } from './link.ts';
import { isMute, verifyVoice } from './mute.ts';
import { type Away, type InterfaceRecord, recordOf, sameDecision } from './record.ts';
import { type Surroundings, verifyInterface } from './verify.ts';

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
  /** How far out of reach it was put; 'not' unless it failed. */
  away: Away;
  /** Frames the kernel counted as sent before the interface was verified; null when it never was. */
  framesBeforeVerification: number | null;
  /** True when it was there before the decision: no fault by itself, but its driver is not under the list's control. */
  beforeDecision: boolean;
  findings: Finding[];
}

/** What this boot remembers: every interface that was handled, and the cards that were there before the decision. */
export interface Memory {
  records: InterfaceRecord[];
  early: EarlyInterface[];
}

/** What `macveil-hook status --json` and `verify` print: the contract between the boot side and everything that reads it. */
export interface Report {
  version: 1;
  decision: DecisionState;
  interfaces: InterfaceReport[];
  /** Findings about the machine as a whole. */
  findings: Finding[];
}

/** Judges every interface as it stands now; `extra` are findings that cannot be seen in facts and records. */
export function makeReport(
  decision: DecisionState,
  interfaces: InterfaceFacts[],
  { records, early }: Memory,
  extra: Finding[] = [],
): Report {
  const present = interfaces.map((facts) => ({
    ...judge(facts, decision, { interfaces, records }),
    beforeDecision: wasEarly(facts, early),
  }));
  const gone = records.filter(
    (r) => r.state === 'failed' && !interfaces.some((i) => i.ifindex === r.ifindex),
  );
  return {
    version: 1,
    decision,
    interfaces: [...present, ...gone.map((record) => fromGone(record, early))].sort(
      (a, b) => a.ifindex - b.ifindex,
    ),
    findings: [...decisionFindings(decision), ...earlyFindings(early, decision), ...extra],
  };
}

/** Every finding of a report; none means all is as decided. */
export function allFindings(report: Report): Finding[] {
  return [...report.findings, ...report.interfaces.flatMap((one) => one.findings)];
}

/** A network that is closed by nobody's choice is a finding. */
function decisionFindings({ decision, source, reason }: DecisionState): Finding[] {
  if (source === 'panic') return [{ rule: 'all-off', text: reason }];
  return decision === 'blocked' ? [{ rule: 'blocked', text: reason }] : [];
}

/** A report without what only the list of early cards can tell. */
type Judgement = Omit<InterfaceReport, 'beforeDecision'>;

function judge(facts: InterfaceFacts, decision: DecisionState, around: Surroundings): Judgement {
  const record = recordOf(facts, around.records);
  if (!facts.physical) return fromFacts(facts, 'exempt', []);
  if (record === null || record.state === 'begun') return judgeUnhandled(facts, decision);
  if (record.state === 'verified' && !isOpen(decision.decision)) return judgeSilenced(facts, decision);
  const live = [
    ...sameDecision(record, decision),
    ...verifyInterface(facts, record, around),
    ...verifyVoice(facts),
  ];
  const findings = record.state === 'failed' ? record.findings : live;
  return {
    ...fromRecord({ ...record, findings }),
    name: facts.name,
    address: facts.address,
    state: findings.length === 0 ? 'verified' : 'failed',
  };
}

/** Verified once, and silent because of another card. */
function judgeSilenced(facts: InterfaceFacts, decision: DecisionState): Judgement {
  const judged = judgeUnhandled(facts, decision);
  if (judged.findings.length > 0 || decision.source !== 'panic') return judged;
  return { ...judged, findings: [{ rule: 'all-off', text: decision.reason }] };
}

function judgeUnhandled(facts: InterfaceFacts, decision: DecisionState): Judgement {
  if (!isMute(facts)) {
    const text = 'it can send although nothing verified it';
    return fromFacts(facts, 'failed', [{ rule: 'unverified', text }]);
  }
  const text = 'it was not handled when it appeared and stays mute; "macveil-hook unblock" tries again';
  return fromFacts(facts, 'mute', isOpen(decision.decision) ? [{ rule: 'unhandled', text }] : []);
}

function fromFacts(facts: InterfaceFacts, state: InterfaceState, findings: Finding[]): Judgement {
  const { ifindex, name, driver, model, address } = facts;
  const realAddress = facts.physical ? facts.permanentAddress || address : '';
  return {
    ifindex,
    name,
    driver,
    model,
    realAddress,
    address,
    state,
    away: 'not',
    framesBeforeVerification: null,
    findings,
  };
}

function fromGone(record: InterfaceRecord, early: EarlyInterface[]): InterfaceReport {
  return { ...fromRecord(record), beforeDecision: wasEarly(record, early) };
}

function fromRecord(record: InterfaceRecord): Judgement {
  const { ifindex, name, driver, model, realAddress, address, away, framesBeforeVerification, findings } =
    record;
  const state = record.state === 'verified' ? 'verified' : 'failed';
  const known = { ifindex, name, driver, model, realAddress, address };
  return { ...known, state, away, framesBeforeVerification, findings };
}
