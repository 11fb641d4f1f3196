import { existsSync, readFileSync } from 'node:fs';
import type { Report } from '../core/report.ts';
import { HOOK } from '../paths.ts';
import type { GuestShell } from './agent.ts';
import { summariseFrames } from './frames.ts';
import { isInSlot, LIST_INTERFACES, parseInterfaces } from './guest.ts';
import { findLeaks } from './leak.ts';
import type { Nic } from './nics.ts';
import type { NicObservation, Observation } from './observation.ts';
import { type Frame, parsePcap } from './pcap.ts';
import type { Rule } from './scenario.ts';
import { ScenarioFailure } from './wait.ts';

/** Exit statuses of a shell that finds no program, or one it cannot run (POSIX, Shell Command Language 2.8.2). */
const NOT_RUN = [126, 127];
const NOT_ASKED = { report: null, reportProblem: 'the hook was not asked' };
const STATUS_LIMIT_SECONDS = 30;

/** Asks the guest, then reads the captures: whatever is sent in between counts too. */
export async function observe(
  agent: GuestShell,
  nics: readonly Nic[],
  capture: (nic: Nic) => string,
  rule: Rule,
): Promise<Observation> {
  const listing = await agent.run(LIST_INTERFACES);
  if (listing.status !== 0)
    throw new ScenarioFailure(`the guest cannot list its interfaces: ${listing.output}`);
  const interfaces = parseInterfaces(listing.output);
  const addresses = nics.map(({ address }) => address);
  const observed = nics.map((nic): NicObservation => {
    const frames = readFrames(capture(nic));
    const seen = interfaces.find(({ device }) => isInSlot(device, nic.slot)) ?? null;
    return { nic, frames: summariseFrames(frames), leaks: findLeaks(frames, addresses), seen };
  });
  // Where the hook is broken on purpose, a hanging one would only cost time.
  const report = rule === 'mute' || rule === 'open' ? NOT_ASKED : await hookReport(agent);
  return { nics: observed, interfaces, ...report };
}

/** The frames of a capture so far; none when QEMU has not made the file yet. */
export function readFrames(path: string): Frame[] {
  return existsSync(path) ? parsePcap(readFileSync(path)).frames : [];
}

async function hookReport(agent: GuestShell): Promise<Pick<Observation, 'report' | 'reportProblem'>> {
  const { status, output } = await agent.run(
    `timeout ${STATUS_LIMIT_SECONDS} ${HOOK} status --json 2>/dev/null`,
  );
  if (NOT_RUN.includes(status)) return { report: null, reportProblem: 'no macveil in this image' };
  const report = parseReport(output);
  return { report, reportProblem: report ? '' : `macveil's status cannot be read (exit status ${status})` };
}

function parseReport(text: string): Report | null {
  try {
    const value: unknown = JSON.parse(text);
    return isReport(value) ? value : null;
  } catch {
    return null;
  }
}

function isReport(value: unknown): value is Report {
  const report = value as Partial<Report> | null;
  return report?.version === 1 && Array.isArray(report.interfaces) && Array.isArray(report.findings);
}
