import type { InterfaceReport, Report } from './report.ts';

const MEANING = {
  spoof: 'every network card gets another address',
  keep: 'every network card keeps its own address',
  ask: 'no network until somebody decides',
  offline: 'no network until power-off',
  blocked: 'no network until somebody decides',
} as const;

const ORIGIN = {
  default: 'by default',
  cmdline: 'from the command line',
  decided: 'decided after boot',
  panic: 'after a failure',
} as const;

const AWAY = {
  not: 'not put away yet',
  held: 'down and mute',
  unbound: 'unbound from its driver',
  unloaded: 'its driver unloaded',
  'all-off': 'all networking shut',
} as const;

/** The report in words, one line an interface, findings below it; no trailing newline. */
export function formatReport(report: Report): string {
  const { decision, source } = report.decision;
  const head = `decision: ${decision} (${decision === 'blocked' ? 'none could be taken' : ORIGIN[source]}): ${MEANING[decision]}`;
  const general = report.findings.map((finding) => `  ! ${finding.text} [${finding.rule}]`);
  const shown = report.interfaces.filter((one) => one.state !== 'exempt');
  const none = shown.length === 0 ? ['  no network card is visible'] : [];
  return [head, ...general, ...shown.flatMap(formatInterface), ...none].join('\n');
}

/** One line for logs: the card by name, driver and model; never an address, because logs get around. */
export function nameOfInterface(one: Pick<InterfaceReport, 'name' | 'driver' | 'model'>): string {
  const details = [one.driver, one.model].filter((text) => text !== '').join(', ');
  return details === '' ? one.name : `${one.name} (${details})`;
}

function formatInterface(one: InterfaceReport): string[] {
  const findings = one.findings.map((finding) => `      ! ${finding.text} [${finding.rule}]`);
  const early = one.beforeDecision ? ', there before the decision' : '';
  const state = one.state === 'failed' ? `failed, ${AWAY[one.away]}` : one.state;
  return [`  ${nameOfInterface(one)}: ${state}, ${one.address || 'no address'}${early}`, ...findings];
}
