import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decisionScenario } from '../../src/prove/decision-scenarios.ts';

for (const decision of ['spoof', 'keep'] as const) {
  test(`${decision} waits for frames of every card before it judges`, () => {
    const { cmdline, steps } = decisionScenario(decision, ['e1000']);
    assert.is(cmdline, `macveil=${decision}`);
    assert.ok(steps.some((step) => step.do === 'frames'));
    assert.equal(steps.at(-1), { do: 'expect', rule: decision });
  });
}

for (const decision of ['ask', 'offline'] as const) {
  test(`${decision} is judged as silent, after the wire was watched`, () => {
    const { steps } = decisionScenario(decision, ['e1000']);
    assert.equal(
      steps.slice(-2).map((step) => step.do),
      ['observe', 'expect'],
    );
    assert.equal(steps.at(-1), { do: 'expect', rule: 'silent' });
  });
}

test.run();
