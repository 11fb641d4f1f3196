// needs: macveil-hook, tamper
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mountProblem } from '../mounts.ts';
import { note } from '../note.ts';
import { skipTest } from '../skip.ts';
import { isUnsettled, leaks } from './judge.ts';
import { callsOf, killEverywhere, placeOf, spared } from './sweep.ts';
import { CARD_ADDRESS, type Sweep, type Trial } from './trial.ts';
import { buildProgram } from './world.ts';

const HOOK = 'dist/macveil-hook';
const VOICE_FIRST = 'test/hook-kill/voice-first.sh';
/** The calls that matter most; one that is not among those killed at would show that this test looks elsewhere. */
const TURNING_POINTS = ['flock', 'getrandom', 'rename', 'set-address', 'list-links', 'set-qdisc', 'write'];
const MOST_SHOWN = 5;

test.before(() => buildProgram('trials'));
const problem = mountProblem();

for (const sweep of ['net-add', 'verify'] as const) {
  const title = `killed at any call of net-add, a card is mute or verified, and ${sweep} leaves it verified`;
  if (problem) skipTest(test, title, problem);
  else test(title, () => killHook(sweep));
}

const CONTROL = 'a program that gives the voice before the address is found out';
if (problem) skipTest(test, CONTROL, problem);
else test(CONTROL, killVoiceFirst);

async function killHook(sweep: Sweep): Promise<void> {
  const trials = await killEverywhere(HOOK, sweep);
  const calls = callsOf(trials);
  for (const name of TURNING_POINTS) assert.ok(calls.includes(name), `${name} is not among the calls`);
  assert.equal(spared(trials), [], 'calls at which nothing was killed');
  assert.equal(complaints(trials, calls), []);
  note(`killed at each of ${calls.length} calls, then ${sweep}: ${outcomes(trials)}`);
}

/** The last run is not killed: that nothing is wrong with it shows that what was found is the order alone. */
async function killVoiceFirst(): Promise<void> {
  const trials = await killEverywhere(VOICE_FIRST, 'net-add');
  const unkilled = trials.filter(({ struck }) => !struck);
  assert.ok(unkilled.length > 0);
  assert.equal(
    unkilled.flatMap(({ killed }) => leaks(killed, CARD_ADDRESS)),
    [],
  );
  const found = trials.flatMap(({ killed }) => leaks(killed, CARD_ADDRESS));
  assert.ok(found.includes('it has a voice and its real address'));
}

function complaints(trials: Trial[], calls: string[]): string[] {
  const found = trials.flatMap((trial) => {
    const { killed, after } = trial;
    const where = placeOf(trial, calls);
    return [
      ...leaks(killed, CARD_ADDRESS).map((text) => `${where}: ${text}`),
      ...isUnsettled(after, CARD_ADDRESS).map((text) => `${where}, then looked at again: ${text}`),
    ];
  });
  return found.slice(0, MOST_SHOWN);
}

function outcomes(trials: Trial[]): string {
  const after = trials.map(({ after: { record } }) => record?.state ?? 'unknown');
  const count = (state: string) => after.filter((one) => one === state).length;
  return `${count('verified')} verified, ${count('failed')} failed and mute`;
}

test.run();
