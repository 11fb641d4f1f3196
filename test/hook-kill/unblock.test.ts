// needs: macveil-hook, tamper
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mountProblem } from '../mounts.ts';
import { note } from '../note.ts';
import { skipTest } from '../skip.ts';
import { isOpenTooEarly, isUnsettled, leaks } from './judge.ts';
import { callsOf, killUnblockEverywhere, placeOf, spared } from './sweep.ts';
import { CARD_ADDRESS, type UnblockTrial } from './trial.ts';
import { buildProgram } from './world.ts';

const HOOK = 'dist/macveil-hook';
const UNBLOCK_FIRST = 'test/hook-kill/unblock-first.sh';
/** The calls that matter most; one that is not among those killed at would show that this test looks elsewhere. */
const TURNING_POINTS = ['rename', 'write', 'fork', 'wait4', 'list-links', 'flock'];
const MOST_SHOWN = 5;

test.before(() => buildProgram('unblocks'));
const problem = mountProblem();

for (const [title, body] of [
  [
    'killed at any call of unblock, nothing is open that is not mute, and unblock verifies the card',
    killHook,
  ],
  ['a program that lets drivers load before it mutes what they bring is found out', killUnblockFirst],
] as const) {
  if (problem) skipTest(test, title, problem);
  else test(title, body);
}

async function killHook(): Promise<void> {
  const trials = await killUnblockEverywhere(HOOK);
  const calls = callsOf(trials);
  for (const name of TURNING_POINTS) assert.ok(calls.includes(name), `${name} is not among the calls`);
  assert.equal(spared(trials), [], 'calls at which nothing was killed');
  assert.equal(complaints(trials, calls), []);
  const blocked = trials.filter(({ gate }) => !gate.unblocked).length;
  const early = trials.filter(({ gate, killed }) => gate.unblocked && !killed).length;
  const withCard = trials.filter(({ killed }) => killed).length;
  assert.ok(blocked > 0 && early > 0 && withCard > 0, 'kills before the mask, before the card and with it');
  note(
    `killed at each of ${calls.length} calls: ${blocked} times all was still blocked, ${early} times no card was there yet, ${withCard} times there was one`,
  );
}

/** The last run is not killed: that nothing is wrong with it shows that what was found is the order alone. */
async function killUnblockFirst(): Promise<void> {
  const trials = await killUnblockEverywhere(UNBLOCK_FIRST);
  const unkilled = trials.filter(({ struck }) => !struck);
  assert.ok(unkilled.length > 0 && unkilled.every(({ gate }) => gate.unblocked));
  assert.equal(
    unkilled.flatMap(({ gate }) => isOpenTooEarly(gate)),
    [],
  );
  assert.ok(trials.some(({ gate }) => isOpenTooEarly(gate).length > 0));
}

function complaints(trials: UnblockTrial[], calls: string[]): string[] {
  const found = trials.flatMap((trial) => {
    const { gate, killed, after } = trial;
    const first = [...isOpenTooEarly(gate), ...(killed ? leaks(killed, CARD_ADDRESS) : [])];
    const then = after ? isUnsettled(after, CARD_ADDRESS) : ['no card came'];
    const where = placeOf(trial, calls);
    return [
      ...first.map((text) => `${where}: ${text}`),
      ...then.map((text) => `${where}, then unblocked again: ${text}`),
    ];
  });
  return found.slice(0, MOST_SHOWN);
}

test.run();
