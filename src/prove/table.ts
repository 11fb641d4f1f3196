import kleur from 'kleur';
import type { Check } from './check.ts';
import type { ProofResult } from './prove.ts';
import type { NicVerdict } from './verdict.ts';

const HEAD = ['card', 'interface', 'driver', 'real address', 'address now', 'frames', 'before', 'verdict'];
const GAP = '  ';

/** The proof for people: a table for each check, what is wrong in words, and the verdict. */
export function formatProof(result: ProofResult): string {
  const { accelerator, seconds, evidence, failure } = result;
  const machine = `${accelerator.name.toUpperCase()}${accelerator.reason && ` (${accelerator.reason})`}`;
  const lines = [
    ...result.checks.flatMap(formatCheck),
    ...(failure ? [kleur.red(`stopped: ${failure}`), ''] : []),
    `${verdictWord(result.ok)}  ${result.scenario}: ${seconds.toFixed(0)} s on ${machine}`,
    `evidence: ${evidence}`,
  ];
  return `${lines.join('\n')}\n`;
}

function formatCheck({ verdict, control }: Check): string[] {
  return [
    kleur.bold(`rule of ${verdict.rule}`),
    ...formatRows(verdict.nics),
    ...[...verdict.findings, ...groupFindings(verdict.nics)].map((text) => kleur.red(`- ${text}`)),
    ...(control ? [formatControl(control)] : []),
    '',
  ];
}

/** The same sentence about many cards is said once. */
function groupFindings(nics: NicVerdict[]): string[] {
  const texts = [...new Set(nics.flatMap(({ findings }) => findings))];
  return texts.map((text) => {
    const models = nics.filter(({ findings }) => findings.includes(text)).map(({ model }) => model);
    return `${models.length === nics.length && nics.length > 1 ? 'every card' : models.join(', ')}: ${text}`;
  });
}

function formatControl({ ok, caught, missed }: NonNullable<Check['control']>): string {
  if (ok) return `control: the rule of spoof says ${kleur.yellow('LEAK')} for ${caught.join(', ')}`;
  if (caught.length + missed.length === 0) return kleur.red('- control: no card sent a frame');
  return kleur.red(`- control: the search misses the real address of ${missed.join(', ')}`);
}

function formatRows(nics: NicVerdict[]): string[] {
  const rows = nics.map((nic) => [
    nic.model,
    nic.interface || '-',
    nic.driver || '-',
    nic.realAddress,
    nic.addressNow || '-',
    String(nic.framesSent),
    String(nic.framesBeforeVerification ?? '-'),
    nic.verdict,
  ]);
  const widths = HEAD.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const pad = (row: string[]) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0));
  const [head, ...body] = [HEAD, ...rows].map(pad);
  return [kleur.dim(head?.join(GAP).trimEnd() ?? ''), ...body.map(formatRow)];
}

function formatRow(cells: string[]): string {
  const verdict = cells.at(-1)?.trim() ?? '';
  const good = verdict === 'verified' || verdict === 'as expected';
  return [...cells.slice(0, -1), good ? kleur.green(verdict) : kleur.red(verdict)].join(GAP);
}

function verdictWord(ok: boolean): string {
  return ok ? kleur.green().bold('PROVEN') : kleur.red().bold('NOT PROVEN');
}
