import { existsSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { BootSource } from '../../src/prove/boot-source.ts';
import { prove } from '../../src/prove/prove.ts';
import type { Scenario } from '../../src/prove/scenario.ts';
import { formatProof } from '../../src/prove/table.ts';

const DEMO_IMAGE = iso('.cache/image/macveil-demo.iso');
/** Built by live-build, with its own boot menus. */
export const LIVE_BUILD_IMAGE = iso('.cache/live-build/image.iso');
/** A disk that starts the demo by systemd-boot. */
export const ESP_DISK: BootSource = {
  kind: 'files',
  kernel: '.cache/esp/vmlinuz',
  initrd: '.cache/esp/initrd.img',
  image: '.cache/esp/disk.img',
};

/** One test a scenario, each a boot of the image; evidence stays in .cache/evidence. */
export function testScenarios(scenarios: Scenario[], source = DEMO_IMAGE): void {
  addScenarios(scenarios, source);
  test.run();
}

/** The same, of several images in one file, which says when to run; `append` are words for the kernel command line. */
export function addScenarios(scenarios: Scenario[], source: BootSource, append = ''): void {
  for (const scenario of scenarios) {
    test(scenario.name, async () => {
      assert.ok(existsSync(source.image), `${source.image} is missing: node build/test.mjs makes it`);
      const evidence = `.cache/evidence/${scenario.name.replaceAll(/[^a-z0-9]+/g, '-')}`;
      const result = await prove(source, scenario, { evidence, append });
      assert.ok(result.ok, formatProof(result));
    });
  }
}

function iso(image: string): BootSource {
  return { kind: 'iso', image };
}
