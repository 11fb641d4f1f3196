import { existsSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { prove } from '../../src/prove/prove.ts';
import type { Scenario } from '../../src/prove/scenario.ts';
import { formatProof } from '../../src/prove/table.ts';

const DEMO_IMAGE = '.cache/image/macveil-demo.iso';
/** Built by live-build, with its own boot menus. */
export const LIVE_BUILD_IMAGE = '.cache/live-build/image.iso';

/** One test a scenario, each a boot of the image; evidence stays in .cache/evidence. */
export function testScenarios(scenarios: Scenario[], image = DEMO_IMAGE): void {
  for (const scenario of scenarios) {
    test(scenario.name, async () => {
      assert.ok(existsSync(image), `${image} is missing: node build/test.mjs makes it`);
      const evidence = `.cache/evidence/${scenario.name.replaceAll(/[^a-z0-9]+/g, '-')}`;
      const result = await prove({ kind: 'iso', image }, scenario, { evidence });
      assert.ok(result.ok, formatProof(result));
    });
  }
  test.run();
}
