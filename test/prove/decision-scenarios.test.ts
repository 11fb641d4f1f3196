import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decisionScenario, NETWORK_STARTED } from '../../src/prove/decision-scenarios.ts';
import { fakePrograms } from './fake-programs.ts';

for (const decision of ['spoof', 'keep'] as const) {
  test(`${decision} waits for frames of every card before it judges`, () => {
    const { cmdline, steps } = decisionScenario(decision, ['e1000']);
    assert.is(cmdline, `macveil=${decision}`);
    assert.ok(steps.some((step) => step.do === 'frames'));
    assert.equal(steps.at(-1), { do: 'expect', rule: decision });
  });
}

for (const decision of ['ask', 'offline'] as const) {
  test(`${decision} is judged by its own rule, which asks the hook, after the wire was watched`, () => {
    const { steps } = decisionScenario(decision, ['e1000']);
    assert.equal(
      steps.slice(-2).map((step) => step.do),
      ['observe', 'expect'],
    );
    assert.equal(steps.at(-1), { do: 'expect', rule: decision });
  });
}

/** Whether the guest's network counts as started where systemctl prints this and there is no NetworkManager. */
function isStarted(state: string, status: number): boolean {
  const programs = fakePrograms({ systemctl: `echo ${state}\nexit ${status}` });
  const command = NETWORK_STARTED.do === 'until' ? NETWORK_STARTED.command : '';
  const result = execaSync('/bin/sh', ['-c', command], {
    env: { PATH: programs.path },
    extendEnv: false,
    reject: false,
  });
  programs.remove();
  return result.exitCode === 0;
}

test('a boot that has ended counts as started, also with a unit that failed', () => {
  assert.ok(isStarted('running', 0));
  assert.ok(isStarted('degraded', 1));
});

for (const state of ['starting', 'maintenance', 'stopping', 'offline', 'unknown', '']) {
  test(`the state "${state}" is not the end of a boot`, () => {
    assert.not.ok(isStarted(state, 1));
    assert.not.ok(isStarted(state, 0));
  });
}

test.run();
