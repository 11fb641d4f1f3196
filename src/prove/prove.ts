import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Accelerator, chooseAccelerator } from './accelerator.ts';
import { Agent } from './agent.ts';
import { type BootFiles, type BootSource, bootFiles } from './boot-source.ts';
import { keepEvidence } from './evidence.ts';
import { captureFile, Machine } from './machine.ts';
import { makeNics, type Nic, parseNicModels } from './nics.ts';
import { play } from './play.ts';
import type { ReportProgress } from './progress.ts';
import { kernelCommandLine, qemuArguments } from './qemu-arguments.ts';
import type { Scenario } from './scenario.ts';
import type { Check } from './steps.ts';

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
  /** Folder for the evidence; that of an earlier run is replaced. */
  evidence?: string;
  /** More words for the kernel command line. */
  append?: string;
  onProgress?: ReportProgress;
}

/** A proof that is about to start. */
interface Plan {
  scenario: Scenario;
  boot: BootFiles;
  nics: Nic[];
  evidence: string;
  commandLine: string;
  accelerator: Accelerator;
}

/** Boots an image as the scenario says, judges what left the machine, and keeps the evidence. */
export async function prove(
  source: BootSource,
  scenario: Scenario,
  options: ProveOptions = {},
): Promise<ProofResult> {
  const start = performance.now();
  const report = options.onProgress ?? (() => {});
  const plan = await preparePlan(source, scenario, options, report);
  const { checks, failure } = await runMachine(plan, report);
  const { accelerator, commandLine, evidence } = plan;
  const ok = failure === '' && checks.length > 0 && checks.every(holds);
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
  report('decoding the frames', () => []);
  await keepEvidence(result, plan.nics);
  return result;
}

async function preparePlan(
  source: BootSource,
  scenario: Scenario,
  options: ProveOptions,
  report: ReportProgress,
): Promise<Plan> {
  const evidence = resolve(options.evidence ?? join('.cache/evidence', scenario.name));
  rmSync(evidence, { recursive: true, force: true });
  mkdirSync(evidence, { recursive: true });
  report('reading the image', () => []);
  const boot = await bootFiles(source, join(evidence, 'boot'));
  const accelerator = await chooseAccelerator(boot.kernel);
  report(`starting QEMU with ${accelerator.name} ${accelerator.reason}`.trim(), () => []);
  const nics = makeNics(scenario.nics && parseNicModels(scenario.nics.join(',')).models);
  const commandLine = kernelCommandLine(scenario, options.append ?? '');
  return { scenario, boot, nics, evidence, commandLine, accelerator };
}

async function runMachine(plan: Plan, report: ReportProgress): Promise<{ checks: Check[]; failure: string }> {
  const { scenario, boot, nics, evidence, commandLine, accelerator } = plan;
  const machine = await Machine.start(
    (files) => qemuArguments(boot, commandLine, scenario.boot, accelerator.name, nics, files),
    evidence,
  );
  const agent = new Agent(machine.agent, () => machine.alive());
  const capture = (nic: Nic) => captureFile(evidence, nic);
  const stage = { machine, agent, nics, capture, checks: [] as Check[] };
  const failure = await play(stage, scenario, report).finally(() => machine.stop());
  rmSync(join(evidence, 'boot'), { recursive: true, force: true });
  return { checks: stage.checks, failure };
}

function holds({ verdict, control }: Check): boolean {
  return verdict.ok && control?.ok !== false;
}
