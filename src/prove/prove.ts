import { join, resolve } from 'node:path';
import { type Accelerator, chooseAccelerator } from './accelerator.ts';
import { Agent } from './agent.ts';
import { firmwareArguments } from './boot-menu.ts';
import { type BootSource, bootFiles, isIso } from './boot-source.ts';
import { type Check, checkAgain } from './check.ts';
import { clearEvidence, keepEvidence } from './evidence.ts';
import { captureFile, Machine } from './machine.ts';
import { makeNics, type Nic, parseNicModels } from './nics.ts';
import { withOverlay } from './overlay.ts';
import { play } from './play.ts';
import type { ReportProgress } from './progress.ts';
import { directBoot, kernelCommandLine, menuBoot, qemuArguments } from './qemu-arguments.ts';
import type { Scenario } from './scenario.ts';
import { temporaryFolder } from './temporary.ts';
import { failureOf } from './wait.ts';

/** What a proof leaves: every check in order, and what went wrong between them. */
export interface ProofResult {
  scenario: string;
  ok: boolean;
  accelerator: Accelerator;
  commandLine: string;
  seconds: number;
  /** Folder of the console log, captures, decoded frames and this report. */
  evidence: string;
  checks: Check[];
  /** The step that failed, if one did; the checks before it stand. */
  failure: string;
}

/** How to run a proof. */
export interface ProveOptions {
  /** Folder for the evidence; that of an earlier run is replaced, other files in it stay. */
  evidence?: string;
  /** More words for the kernel command line. */
  append?: string;
  onProgress?: ReportProgress;
}

/** A proof that is about to start. */
interface Plan {
  scenario: Scenario;
  /** QEMU's arguments that say what is booted, and how. */
  start: string[];
  nics: Nic[];
  commandLine: string;
  accelerator: Accelerator;
  onProgress: ReportProgress;
}

/** Boots an image as the scenario says, judges what left the machine, and keeps the evidence. */
export async function prove(
  source: BootSource,
  scenario: Scenario,
  options: ProveOptions = {},
): Promise<ProofResult> {
  const start = performance.now();
  const evidence = resolve(options.evidence ?? join('.cache/evidence', scenario.name));
  clearEvidence(evidence);
  const parts = temporaryFolder();
  try {
    const plan = await preparePlan(source, scenario, options, parts.path);
    const { checks, failure } = await runMachine(plan, evidence);
    const ok = failure === '' && checks.length > 0 && checks.every(holds);
    const { accelerator, commandLine } = plan;
    const seconds = (performance.now() - start) / 1000;
    const result = {
      scenario: scenario.name,
      ok,
      accelerator,
      commandLine,
      seconds,
      evidence,
      checks,
      failure,
    };
    await keepEvidence(result, plan.nics);
    return result;
  } finally {
    parts.remove();
  }
}

async function preparePlan(
  source: BootSource,
  scenario: Scenario,
  { append = '', onProgress = () => {} }: ProveOptions,
  parts: string,
): Promise<Plan> {
  onProgress('reading the image', () => []);
  const boot = await withOverlay(await bootFiles(source, parts), scenario.overlay ?? [], parts);
  const accelerator = await chooseAccelerator(boot.kernel);
  const why = accelerator.reason ? ` (${accelerator.reason})` : '';
  onProgress(`starting QEMU with ${accelerator.name.toUpperCase()}${why}`, () => []);
  const nics = makeNics(scenario.nics && parseNicModels(scenario.nics.join(',')).models, scenario);
  const commandLine = scenario.menu ? '' : kernelCommandLine(scenario, append);
  const start = scenario.menu
    ? menuBoot(
        boot.image,
        isIso(boot.image) ? 'cd' : 'disk',
        firmwareArguments(scenario.menu.firmware, parts),
      )
    : directBoot(boot, commandLine, scenario.boot);
  return { scenario, start, nics, commandLine, accelerator, onProgress };
}

async function runMachine(plan: Plan, evidence: string): Promise<{ checks: Check[]; failure: string }> {
  const { scenario, start, nics, accelerator, onProgress } = plan;
  const machine = await Machine.start(
    (files) => qemuArguments(start, scenario.boot, accelerator.name, nics, files),
    evidence,
  );
  const { menu } = scenario;
  const choose = menu && (() => machine.chooseInMenu(menu.keys, join(evidence, 'menu.png')));
  const agent = new Agent(machine.agent, () => machine.alive());
  const capture = (nic: Nic) => captureFile(evidence, nic);
  const checks: Check[] = [];
  const stage = { machine, agent, nics, capture, checks, sentBefore: new Map() };
  const failure = await play(stage, scenario, onProgress, choose).finally(() => machine.stop());
  const afterwards = await failureOf(async () => {
    machine.capturing();
    for (const last of checks.splice(-1)) checks.push(await checkAgain(last, capture));
  });
  return { checks, failure: failure || afterwards };
}

function holds({ verdict, control }: Check): boolean {
  return verdict.ok && control?.ok !== false;
}
