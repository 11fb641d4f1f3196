import kleur from 'kleur';
import type { CheckResult } from './check.ts';
import { FINDING_KINDS, type Finding, type FindingKind } from './finding.ts';

/** Findings of one kind that people are shown; --json has them all. */
const SHOWN = 10;

/** The result for people: findings by kind, the most serious first, then one closing line. */
export function formatCheck(result: CheckResult): string {
  const kinds = Object.keys(FINDING_KINDS) as FindingKind[];
  const groups = kinds.map((kind) =>
    formatGroup(
      kind,
      result.findings.filter((finding) => finding.kind === kind),
    ),
  );
  return `${groups.join('')}${kmodLine(result)}${closingLine(result)}\n`;
}

function formatGroup(kind: FindingKind, findings: Finding[]): string {
  if (findings.length === 0) return '';
  const head = `${kleur.bold(FINDING_KINDS[kind].title)} ${kleur.dim(`(${kind}, ${findings.length})`)}\n`;
  const rest = findings.length - SHOWN;
  const more = rest > 0 ? `  and ${rest} more; --json names them all\n` : '';
  return `${head}${findings.slice(0, SHOWN).map(formatFinding).join('')}${more}\n`;
}

function formatFinding({ what, where, cure }: Finding): string {
  return `  ${kleur.red(what)}\n    ${kleur.dim('where')} ${where}\n    ${kleur.dim('cure ')} ${cure}\n`;
}

/** A proof by another libkmod than the one that will load the modules is a weaker one, and says so. */
function kmodLine({ kmodNotAsked }: CheckResult): string {
  return kmodNotAsked === '' ? '' : `${kleur.dim(`the image's own kmod was not asked: ${kmodNotAsked}`)}\n`;
}

function closingLine({ counts, kmod, initrds, findings }: CheckResult): string {
  const tried = `${counts.modules} blocked modules and ${counts.aliases} aliases and symbols tried in ${counts.questions} ways with ${kmod.join(' and ')}`;
  const where = `in the root and ${initrds.length} initrd${initrds.length === 1 ? '' : 's'}`;
  if (findings.length === 0) return `${kleur.green().bold('proven')}: ${tried} ${where}`;
  const count = `${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  return `${kleur.red().bold('not proven')}: ${count}; ${tried} ${where}`;
}
