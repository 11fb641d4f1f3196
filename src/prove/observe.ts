import type { Report } from '../core/report.ts';
import { HOOK } from '../paths.ts';
import type { GuestShell } from './agent.ts';
import { allFrames } from './capture.ts';
import { summariseFrames } from './frames.ts';
import { hasDevice, isInSlot, LIST_INTERFACES, LIST_PCI, parseInterfaces } from './guest.ts';
import { findLeaks } from './leak.ts';
import type { Nic } from './nics.ts';
import type { Observation, Traffic } from './observation.ts';
import { type Rule, UNASKED } from './scenario.ts';
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
  const interfaces = parseInterfaces(await ask(agent, LIST_INTERFACES, 'its interfaces'));
  const devices = await ask(agent, LIST_PCI, 'its PCI devices');
  const report = UNASKED.has(rule) ? NOT_ASKED : await hookReport(agent);
  const traffic = await searchCaptures(nics, capture);
  const observed = traffic.map((one) => ({
    ...one,
    present: hasDevice(devices, one.nic.slot),
    seen: interfaces.find(({ device }) => isInSlot(device, one.nic.slot)) ?? null,
  }));
  return { nics: observed, interfaces, ...report };
}

/** Counts and searches every frame of every card, for the real address of each. */
export function searchCaptures(nics: readonly Nic[], capture: (nic: Nic) => string): Promise<Traffic[]> {
  const addresses = nics.map(({ address }) => address);
  return Promise.all(
    nics.map(async (nic) => {
      const frames = await allFrames(capture(nic));
      return { nic, frames: summariseFrames(frames, nic.index), leaks: findLeaks(frames, addresses) };
    }),
  );
}

async function ask(agent: GuestShell, command: string, what: string): Promise<string> {
  const { status, output } = await agent.run(command);
  if (status === 0) return output;
  throw new ScenarioFailure(`the guest cannot list ${what}: ${output}`);
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
