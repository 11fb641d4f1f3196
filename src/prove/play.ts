import { framesSoFar } from './capture.ts';
import { enterShell } from './initramfs-shell.ts';
import type { ReportProgress } from './progress.ts';
import type { Pause, Scenario, Step } from './scenario.ts';
import { describeStep, doStep, type Stage } from './steps.ts';
import { failureOf, ScenarioFailure } from './wait.ts';

/** Without KVM a live boot reaches the agent in about a minute; the slowest hosts need several. */
const BOOT_LIMIT_SECONDS = 420;
/** Order in which initramfs-tools reaches its break points (initramfs-tools(7)). */
const PAUSE_ORDER: Pause['at'][] = ['top', 'modules', 'premount'];

/** Takes a machine through its scenario, and before that through its boot menu; what the guest failed to do is returned in words, '' when nothing. */
export async function play(
  stage: Stage,
  scenario: Scenario,
  report: ReportProgress,
  chooseInMenu?: () => Promise<void>,
): Promise<string> {
  let failure = '';
  const stopped = await failureOf(async () => {
    if (chooseInMenu) announce(stage, report, 'choosing in the boot menu');
    await chooseInMenu?.();
    await passPauses(stage, scenario.pauses ?? [], report);
    announce(stage, report, scenario.boot === 'live' ? 'booting the live system' : 'booting the initramfs');
    if (scenario.boot === 'live') await stage.agent.ready(BOOT_LIMIT_SECONDS);
    else await enterShell(stage.machine, stage.agent, BOOT_LIMIT_SECONDS);
    failure = await doSteps(stage, scenario.steps, report);
  });
  return stopped || failure;
}

async function passPauses(stage: Stage, pauses: Pause[], report: ReportProgress): Promise<void> {
  const inOrder = pauses.toSorted((a, b) => PAUSE_ORDER.indexOf(a.at) - PAUSE_ORDER.indexOf(b.at));
  for (const pause of inOrder) {
    announce(stage, report, `booting the initramfs to "${pause.at}"`);
    await enterShell(stage.machine, stage.agent, BOOT_LIMIT_SECONDS);
    const failure = await doSteps(stage, pause.steps, report);
    if (failure) throw new ScenarioFailure(failure);
    stage.machine.console.forget();
    stage.agent.quit();
  }
}

/** After a failed step only the next judgement is still made: people want to see how the cards stand. */
async function doSteps(stage: Stage, steps: Step[], report: ReportProgress): Promise<string> {
  for (const [at, step] of steps.entries()) {
    announce(stage, report, describeStep(step));
    const failure = await failureOf(() => doStep(stage, step));
    if (failure === '') continue;
    const judgement = steps.slice(at).find((later) => later.do === 'expect');
    if (judgement && judgement !== step) await failureOf(() => doStep(stage, judgement));
    return failure;
  }
  return '';
}

function announce({ nics, capture }: Stage, report: ReportProgress, stage: string): void {
  report(stage, () =>
    nics.map((nic) => ({ model: nic.model.name, frames: framesSoFar(capture(nic)).length })),
  );
}
