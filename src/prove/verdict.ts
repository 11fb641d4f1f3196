import type { InterfaceReport } from '../core/report.ts';
import { NIC_RULES } from './nic-rules.ts';
import type { NicObservation, Observation } from './observation.ts';
import type { Rule } from './scenario.ts';

/** What one card's row of the table says. */
export interface NicVerdict {
  model: string;
  interface: string;
  driver: string;
  realAddress: string;
  addressNow: string;
  framesSent: number;
  framesBeforeVerification: number | null;
  verdict: 'verified' | 'as expected' | 'LEAK' | 'FAILED';
  findings: string[];
}

/** Whether a machine keeps a rule, card by card. */
export interface Verdict {
  rule: Rule;
  ok: boolean;
  nics: NicVerdict[];
  /** What is wrong with the machine as a whole. */
  findings: string[];
}

/** Judges what was observed by one rule; without a single card nothing is proven. */
export function judge(rule: Rule, observation: Observation): Verdict {
  const nics = observation.nics.map((nic) => judgeNic(rule, nic, observation));
  const findings = machineFindings(rule, observation);
  const ok = findings.length === 0 && nics.length > 0 && nics.every((nic) => nic.findings.length === 0);
  return { rule, ok, nics, findings };
}

function judgeNic(rule: Rule, observed: NicObservation, { report }: Observation): NicVerdict {
  const { nic, seen, frames, leaks } = observed;
  const reported = reportedAs(observed, report);
  const findings = NIC_RULES[rule](observed, reported);
  const leaking = (rule === 'spoof' || rule === 'safe') && leaks.length > 0;
  return {
    model: nic.model.name,
    interface: seen?.name ?? '',
    driver: seen?.driver ?? '',
    realAddress: nic.address,
    addressNow: seen?.address ?? '',
    framesSent: frames.sent,
    framesBeforeVerification: reported?.framesBeforeVerification ?? null,
    verdict: leaking ? 'LEAK' : findings.length > 0 ? 'FAILED' : goodWord(rule),
    findings,
  };
}

/** By the name that both see; a card that was put away has no interface any more, and is known by its real address. */
function reportedAs({ nic, seen }: NicObservation, report: Observation['report']): InterfaceReport | null {
  const isIt = seen
    ? ({ name }: InterfaceReport) => name === seen.name
    : ({ realAddress }: InterfaceReport) => realAddress === nic.address;
  return report?.interfaces.find(isIt) ?? null;
}

function goodWord(rule: Rule): NicVerdict['verdict'] {
  return rule === 'spoof' || rule === 'keep' ? 'verified' : 'as expected';
}

function machineFindings(rule: Rule, observation: Observation): string[] {
  switch (rule) {
    case 'spoof':
    case 'keep':
      return [...reportFindings(rule, observation), ...sharedAddresses(observation)];
    case 'ask':
    case 'offline':
      return [...reportFindings(rule, observation), ...unexpectedInterfaces(observation)];
    case 'silent':
      return unexpectedInterfaces(observation);
    case 'safe':
      return observation.report ? [] : [observation.reportProblem];
    case 'mute':
    case 'open':
    case 'leak':
      // The hook is broken here on purpose: that it cannot report says nothing about its cards.
      return [];
  }
}

function unexpectedInterfaces({ interfaces }: Observation): string[] {
  return interfaces.map(({ name }) => `there is an interface ${name}; only lo may exist`);
}

function reportFindings(rule: Rule, { report, reportProblem }: Observation): string[] {
  if (!report) return [reportProblem];
  const { decision, findings } = report;
  const wrong =
    decision.decision === rule ? [] : [`the decision in force is ${decision.decision}, not ${rule}`];
  return [...wrong, ...findings.map(({ rule: name, text }) => `${name}: ${text}`)];
}

function sharedAddresses({ interfaces }: Observation): string[] {
  const addresses = interfaces.map(({ address }) => address);
  const shared = new Set(addresses.filter((address, at) => addresses.indexOf(address) !== at));
  return [...shared].map((address) => `several interfaces have the address ${address}`);
}
