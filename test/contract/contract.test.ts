import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skipTest } from '../skip.ts';
import { casesOfFake, fakeWorld } from './fake-world.ts';
import { DRIVERS, type Driver, missingNeeds, runDriver } from './real-world.ts';
import { CASES, tryCase } from './suite.ts';

// One file for all adapters, one after the other: default_qdisc belongs to the whole machine.

const onFake = suite('contract: fake');
for (const one of casesOfFake()) {
  onFake(`fake: ${one.title}`, () => assert.is(tryCase(one, fakeWorld().system), ''));
}
onFake.run();

for (const driver of DRIVERS) registerDriver(driver);

function registerDriver({ name, prepare, lacks }: Driver): void {
  const test = suite(`contract: ${name}`);
  const missing = new Map([...missingNeeds(), ...lacks]);
  let outcomes = new Map<string, string>();
  test.before(async () => {
    if (!missing.has('root')) outcomes = await runDriver(await prepare());
  });
  for (const { title, needs = [] } of CASES) {
    const reason = missing.get('root') ?? needs.map((need) => missing.get(need)).find(Boolean);
    if (reason) skipTest(test, `${name}: ${title}`, reason);
    else test(`${name}: ${title}`, () => assert.is(outcomes.get(title) ?? 'the case did not run', ''));
  }
  test.run();
}
