import type { GuestShell } from './agent.ts';
import type { GuestResult } from './agent-protocol.ts';
import { framesSoFar } from './capture.ts';
import { type Check, check } from './check.ts';
import { summariseFrames } from './frames.ts';
import type { Machine } from './machine.ts';
import type { Nic } from './nics.ts';
import type { Step } from './scenario.ts';
import { ScenarioFailure, waitUntil } from './wait.ts';

/** Longest time a guest may take to reach a state; a full live boot without KVM takes about a minute. */
const STATE_LIMIT_SECONDS = 180;

/** An interface that is up sends within seconds; DHCP gives up after 45 s in NetworkManager (ipv4.dhcp-timeout). */
const FRAMES_LIMIT_SECONDS = 60;

/** What a scenario needs of a machine: its console, its slots, its sleep, and to know that it still runs. */
export type Guest = Pick<Machine, 'alive' | 'plug' | 'unplug' | 'wake'> & {
  console: Pick<Machine['console'], keyof Machine['console']>;
};

/** A machine in the middle of its scenario. */
export interface Stage {
  machine: Guest;
  agent: GuestShell;
  nics: readonly Nic[];
  capture: (nic: Nic) => string;
  checks: Check[];
  /** How many frames a card had sent when it was last plugged in. */
  sentBefore: Map<Nic, number>;
}

/** Does one step; throws ScenarioFailure when the guest does not do its part. */
export async function doStep(stage: Stage, step: Step): Promise<void> {
  switch (step.do) {
    case 'run':
      return runCommand(stage.agent, step);
    case 'until':
      return untilSuccess(stage.agent, step.command);
    case 'frames':
      return untilSent(stage, step.card === undefined ? stage.nics : [cardOf(stage, step.card)], hasSent);
    case 'real-frames':
      return untilSent(stage, stage.nics, hasShownItself);
    case 'plug':
    case 'unplug':
      return plugOrUnplug(stage, step.do, cardOf(stage, step.card));
    case 'wake':
      return stage.machine.wake();
    case 'observe':
      // In the guest's own time: a slow host must not shorten what the guest lives through.
      return runCommand(stage.agent, { do: 'run', command: `sleep ${step.seconds}` });
    case 'console':
      return untilConsoleShows(stage.machine, step.pattern);
    case 'expect':
      stage.checks.push(await check(stage.agent, stage.nics, stage.capture, step.rule));
      // A capture that QEMU gave up meanwhile holds less than was sent.
      stage.machine.alive();
  }
}

/** What a step does, in a few words for the progress line. */
export function describeStep(step: Step): string {
  switch (step.do) {
    case 'run':
      return firstLine(step.command);
    case 'until':
      return step.title ?? firstLine(step.command);
    case 'frames':
      return step.card === undefined
        ? 'waiting for a frame of every card'
        : `waiting for a frame of card ${step.card}`;
    case 'real-frames':
      return 'waiting for the real address of every card';
    case 'plug':
      return `plugging in card ${step.card}`;
    case 'unplug':
      return `unplugging card ${step.card}`;
    case 'wake':
      return 'waiting for the guest to sleep, and waking it';
    case 'observe':
      return `watching the wire for ${step.seconds} s`;
    case 'console':
      return `waiting for the console to show ${step.pattern.source}`;
    case 'expect':
      return `judging by the rule of ${step.rule}`;
  }
}

function firstLine(command: string): string {
  return command.split('\n')[0]?.slice(0, 60) ?? '';
}

async function runCommand(agent: GuestShell, step: Extract<Step, { do: 'run' }>): Promise<void> {
  const { status = 0, output } = step;
  const result = await agent.run(step.command);
  if (result.status !== status)
    throw new ScenarioFailure(`${ended(step.command, result)}; ${status} was expected`);
  if (output && !output.test(result.output)) {
    throw new ScenarioFailure(`${ended(step.command, result)}; it should have printed ${output}`);
  }
}

async function untilSuccess(agent: GuestShell, command: string): Promise<void> {
  let last: GuestResult = { status: -1, output: '' };
  await waitUntil(`success of "${command}"`, STATE_LIMIT_SECONDS, async () => {
    last = await agent.run(command);
    return last.status === 0 || null;
  }).catch((error: Error) => {
    throw new ScenarioFailure(`${error.message}; at last ${ended(command, last)}`);
  });
}

function ended(command: string, { status, output }: GuestResult): string {
  return `"${command}" ended with exit status ${status} and printed "${output.trim()}"`;
}

function cardOf({ nics }: Stage, index: number): Nic {
  const nic = nics[index];
  if (!nic) throw new Error(`the machine has no card ${index}; it has ${nics.length}`);
  return nic;
}

async function plugOrUnplug(stage: Stage, what: 'plug' | 'unplug', nic: Nic): Promise<void> {
  if (what === 'plug') stage.sentBefore.set(nic, sentSoFar(stage, nic));
  await stage.machine[what](nic);
}

function sentSoFar({ capture }: Stage, nic: Nic): number {
  return summariseFrames(framesSoFar(capture(nic)), nic.index).sent;
}

const hasSent = (stage: Stage, nic: Nic) => sentSoFar(stage, nic) > (stage.sentBefore.get(nic) ?? 0);

const hasShownItself = ({ capture }: Stage, nic: Nic) =>
  nic.address in summariseFrames(framesSoFar(capture(nic)), nic.index).sources;

async function untilSent(
  stage: Stage,
  nics: readonly Nic[],
  done: (stage: Stage, nic: Nic) => boolean,
): Promise<void> {
  const silent = () => nics.filter((nic) => !done(stage, nic));
  await waitUntil(`a frame of ${nics.length} cards`, FRAMES_LIMIT_SECONDS, () => {
    stage.machine.alive();
    return silent().length === 0 || null;
  }).catch((error: Error) => {
    const names = silent().map(({ model }) => model.name);
    throw new ScenarioFailure(`${error.message}; nothing came from ${names.join(', ')}`);
  });
}

async function untilConsoleShows(machine: Guest, pattern: RegExp): Promise<void> {
  await waitUntil(`${pattern} on the console`, STATE_LIMIT_SECONDS, () => {
    if (pattern.test(machine.console.text)) return true;
    machine.alive();
    return null;
  });
}
