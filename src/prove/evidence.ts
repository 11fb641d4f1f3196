import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { captureFile } from './machine.ts';
import type { Nic } from './nics.ts';
import type { ProofResult } from './prove.ts';

/** More leaking frames of one card than this say nothing new to a reader; the capture has them all. */
const MAX_DECODED = 20;

/** Files a proof makes; a folder that a user names may hold others, and those are not ours to remove. */
const OURS = /^(?:console\.log|menu\.png|report\.json|decoded\.txt|\d+-[a-z0-9_-]+\.pcap)$/;

/** Makes the evidence folder and takes the evidence of an earlier run out of it. */
export function clearEvidence(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) if (OURS.test(name)) rmSync(join(directory, name));
}

/** Writes the report, and the frames decoded for people, beside the console log and the captures. */
export async function keepEvidence(result: ProofResult, nics: readonly Nic[]): Promise<void> {
  writeFileSync(join(result.evidence, 'report.json'), `${JSON.stringify(result, null, 2)}\n`);
  const sections = await Promise.all(nics.map((nic) => decodeNic(result, nic)));
  writeFileSync(join(result.evidence, 'decoded.txt'), sections.join('\n'));
}

async function decodeNic(result: ProofResult, nic: Nic): Promise<string> {
  const capture = captureFile(result.evidence, nic);
  const title = `== ${nic.model.name}, real address ${nic.address} ==\n`;
  if (!existsSync(capture)) return `${title}no capture: the machine did not start\n`;
  const summary = await tshark(['-r', capture, '-q', '-z', 'io,phs']);
  const leaking = leakingFrames(result, nic).slice(0, MAX_DECODED);
  if (leaking.length === 0) return `${title}${summary}\n`;
  const filter = `frame.number in {${leaking.join(', ')}}`;
  const frames = await tshark(['-r', capture, '-Y', filter]);
  const details = await tshark(['-r', capture, '-Y', `frame.number == ${leaking[0]}`, '-V', '-x']);
  return `${title}${summary}\nframes with a real address (the first ${leaking.length}):\n${frames}\n\n${details}\n`;
}

function leakingFrames({ checks }: ProofResult, nic: Nic): number[] {
  const last = checks.at(-1)?.observation.nics.find((observed) => observed.nic.index === nic.index);
  return [...new Set((last?.leaks ?? []).map(({ frame }) => frame))];
}

/** The verdict never stands on tshark: it only makes frames readable. */
async function tshark(args: string[]): Promise<string> {
  const { failed, code, stdout, stderr } = await execa('tshark', ['-n', ...args], { reject: false });
  if (code === 'ENOENT')
    return '(tshark is not installed: frames are not decoded; the verdict does not need it)';
  return failed && stdout === '' ? `(tshark cannot decode this capture: ${stderr})` : stdout;
}
