import { existsSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { prove } from '../../src/prove/prove.ts';
import type { Scenario } from '../../src/prove/scenario.ts';
import { formatProof } from '../../src/prove/table.ts';

const IMAGE = '.cache/image/macveil-demo.iso';

/** One test a scenario, each a boot of the demo image; evidence stays in .cache/evidence. */
export function testScenarios(scenarios: Scenario[]): void {
  for (const scenario of scenarios) {
    test(scenario.name, async () => {
      assert.ok(existsSync(IMAGE), `${IMAGE} is missing: "npm run demo" builds it`);
      const evidence = `.cache/evidence/${scenario.name.replaceAll(/[^a-z0-9]+/g, '-')}`;
      const result = await prove({ kind: 'iso', image: IMAGE }, scenario, { evidence });
      assert.ok(result.ok, formatProof(result));
    });
  }
  test.run();
}
