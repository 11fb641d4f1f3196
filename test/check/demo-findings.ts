import { checkImage } from '../../src/check/check.ts';
import type { Finding, FindingKind } from '../../src/check/finding.ts';
import { NO_CHOICES } from '../../src/core/manifest.ts';
import { type Analysis, analyseRoot } from '../../src/modules/enumerate.ts';
import type { DemoImage } from './demo-image.ts';

/** Reads every module of the demo image and judges it. */
export function analyseDemo({ root }: DemoImage): Promise<Analysis> {
  return analyseRoot(root, { choices: NO_CHOICES });
}

/** Everything that stands against the demo image with this initrd, its modules judged as given. */
export async function findingsOf(
  { root }: DemoImage,
  initrd: string,
  analysis: Promise<Analysis>,
): Promise<Finding[]> {
  return (await checkImage({ root, initrds: [initrd], analyse: () => analysis })).findings;
}

/** The kinds of some findings, each once. */
export function kinds(findings: Finding[]): FindingKind[] {
  return [...new Set(findings.map(({ kind }) => kind))];
}

/** What the findings of one kind are about. */
export function subjects(findings: Finding[], kind: FindingKind): Set<string | undefined> {
  return new Set(ofKind(findings, kind).map(({ subject }) => subject));
}

/** Where the findings of one kind were met. */
export function places(findings: Finding[], kind: FindingKind): string[] {
  return ofKind(findings, kind).map(({ where }) => where);
}

/** The sentence of the first finding of one kind. */
export function sentence(findings: Finding[], kind: FindingKind): string {
  return ofKind(findings, kind)[0]?.what ?? '';
}

function ofKind(findings: Finding[], kind: FindingKind): Finding[] {
  return findings.filter((finding) => finding.kind === kind);
}
