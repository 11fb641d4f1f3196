import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { GuestResult } from '../../src/prove/agent-protocol.ts';
import { makeNics, type Nic } from '../../src/prove/nics.ts';
import { play } from '../../src/prove/play.ts';
import type { Scenario, Step } from '../../src/prove/scenario.ts';
import type { Stage } from '../../src/prove/steps.ts';
import { ScenarioFailure } from '../../src/prove/wait.ts';
import { record } from './fake-qemu.ts';
import { ethernet, SPOOFED } from './frame-fixtures.ts';
import { pcap } from './pcap-fixtures.ts';

const noCapture = () => '.cache/no-such-capture.pcap';

/** A machine without cards whose guest answers each command from a table, and else with success and silence. */
function stage(answers: Record<string, GuestResult> = {}, ran: string[] = []): Stage {
  const run = async (command: string) => {
    ran.push(command);
    return answers[command] ?? { status: 0, output: '' };
  };
  const console = {
    text: 'macveil: blocked\n(initramfs) ',
    recent: '(initramfs) ',
    forget() {},
    write() {},
    close() {},
  };
  const agent = { run, ready: async () => {}, quit: () => ran.push('quit') };
  const slots = {
    plug: async ({ index }: Nic) => void ran.push(`plug ${index}`),
    unplug: async ({ index }: Nic) => void ran.push(`unplug ${index}`),
    wake: async () => void ran.push('wake'),
  };
  return {
    ...{ machine: { console, alive() {}, ...slots }, agent, nics: [], capture: noCapture, checks: [] },
    sentBefore: new Map(),
  };
}

const scenario = (steps: Step[], rest: Partial<Scenario> = {}): Scenario => ({
  ...{ name: 'n', boot: 'initramfs', cmdline: '', steps },
  ...rest,
});
const playQuietly = (machine: Stage, what: Scenario) => play(machine, what, () => {});

test('steps are done in order, those of a pause first', async () => {
  const ran: string[] = [];
  const pauses: Scenario['pauses'] = [
    { at: 'premount', steps: [{ do: 'run', command: 'second' }] },
    { at: 'top', steps: [{ do: 'run', command: 'first' }] },
  ];
  assert.is(await playQuietly(stage({}, ran), scenario([{ do: 'run', command: 'last' }], { pauses })), '');
  assert.equal(ran, ['first', 'quit', 'second', 'quit', 'last']);
});

test('a command with another exit status than expected stops the scenario and is named', async () => {
  const ran: string[] = [];
  const machine = stage({ bad: { status: 4, output: 'why' } }, ran);
  const failure = await playQuietly(
    machine,
    scenario([
      { do: 'run', command: 'bad' },
      { do: 'run', command: 'next' },
    ]),
  );
  assert.match(failure, /"bad" ended with exit status 4 and printed "why"; 0 was expected/);
  assert.equal(ran, ['bad']);
});

test('output that lacks what was expected stops the scenario', async () => {
  const machine = stage({ show: { status: 0, output: 'nothing of it' } });
  const failure = await playQuietly(machine, scenario([{ do: 'run', command: 'show', output: /reason/ }]));
  assert.match(failure, /should have printed \/reason\//);
});

test('a command that is to fail must fail', async () => {
  const failure = await playQuietly(stage(), scenario([{ do: 'run', command: 'status', status: 1 }]));
  assert.match(failure, /ended with exit status 0.*1 was expected/);
});

test('until repeats its command until it succeeds', async () => {
  let left = 2;
  const machine = stage();
  machine.agent.run = async () => ({ status: left-- > 0 ? 1 : 0, output: '' });
  assert.is(await playQuietly(machine, scenario([{ do: 'until', command: 'ready?' }])), '');
  assert.is(left, -1);
});

test('after a failed step the next judgement is still made', async () => {
  const machine = stage({ bad: { status: 1, output: '' } });
  const steps: Step[] = [
    { do: 'run', command: 'bad' },
    { do: 'expect', rule: 'silent' },
    { do: 'expect', rule: 'open' },
  ];
  assert.match(await playQuietly(machine, scenario(steps)), /bad/);
  assert.equal(
    machine.checks.map(({ verdict }) => verdict.rule),
    ['silent'],
  );
});

test('a judgement that failed is not made twice', async () => {
  const machine = stage();
  machine.machine.alive = () => {
    throw new ScenarioFailure('a capture stopped');
  };
  const failure = await playQuietly(machine, scenario([{ do: 'expect', rule: 'silent' }]));
  assert.is(failure, 'a capture stopped');
  assert.is(machine.checks.length, 1);
});

test('a guest that cannot list its interfaces is a failure, not a silent machine', async () => {
  const machine = stage();
  machine.agent.run = async () => ({ status: 1, output: 'no sysfs' });
  assert.match(await playQuietly(machine, scenario([{ do: 'expect', rule: 'silent' }])), /cannot list/);
});

test('the console is searched from the start of the boot', async () => {
  assert.is(await playQuietly(stage(), scenario([{ do: 'console', pattern: /macveil: blocked/ }])), '');
});

test('cards are plugged in and out by their place in the list, and the guest is woken', async () => {
  const ran: string[] = [];
  const machine = { ...stage({}, ran), nics: makeNics() };
  const steps: Step[] = [{ do: 'unplug', card: 2 }, { do: 'wake' }, { do: 'plug', card: 2 }];
  assert.is(await playQuietly(machine, scenario(steps)), '');
  assert.equal(ran, ['unplug 2', 'wake', 'plug 2']);
});

test('a card the machine does not have is a defect of the scenario', async () => {
  await playQuietly(stage(), scenario([{ do: 'plug', card: 7 }])).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /has no card 7/),
  );
});

test('frames of a card from before it was plugged in do not count', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'macveil-frames-'));
  const file = join(folder, 'card.pcap');
  writeFileSync(file, pcap([[...ethernet(SPOOFED).data]]));
  const machine = { ...stage(), nics: makeNics(), capture: () => file };
  const more = () => appendFileSync(file, record([...ethernet(SPOOFED).data]));
  let waited = false;
  machine.machine.alive = () => {
    if (waited) more();
    waited = true;
  };
  const steps: Step[] = [
    { do: 'plug', card: 0 },
    { do: 'frames', card: 0 },
  ];
  assert.is(await playQuietly(machine, scenario(steps)), '');
  assert.ok(waited);
  rmSync(folder, { recursive: true });
});

test('a card that sent under another address is waited for until its real one is seen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'macveil-frames-'));
  const file = join(folder, 'card.pcap');
  const nics = makeNics().slice(0, 1);
  const [nic] = nics;
  assert.ok(nic);
  writeFileSync(file, pcap([[...ethernet(SPOOFED).data]]));
  const machine = { ...stage(), nics, capture: () => file };
  let waited = 0;
  machine.machine.alive = () => {
    waited += 1;
    if (waited === 2) appendFileSync(file, record([...ethernet(nic.address).data]));
  };
  assert.is(await playQuietly(machine, scenario([{ do: 'real-frames' }])), '');
  assert.is(waited, 2);
  rmSync(folder, { recursive: true });
});

test.run();
