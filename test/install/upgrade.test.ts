import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type InstallSources, performInstall, prepareInstall } from '../../src/install/install.ts';
import { install, listing, makeHook, makeSources, uninstall, writeFiles } from './fixture.ts';

const HOOK = 'usr/lib/macveil/macveil-hook';
const SCRIPT = 'usr/share/initramfs-tools/hooks/macveil';

// The new version has another hook and script, and no udev rule any more.
const CUTS = [0, 1, 2, 3];

for (const done of CUTS) {
  test(`an upgrade that was killed after ${done} of its files can be repeated`, async () => {
    const sources = await makeUpgrade();
    await killedInstall(sources, done);
    await install(sources);
    assert.equal((await prepareInstall(sources)).steps, []);
    uninstall(sources.root);
    assert.equal(listing(sources.root), sources.before);
  });

  test(`an upgrade that was killed after ${done} of its files can be taken back`, async () => {
    const sources = await makeUpgrade();
    await killedInstall(sources, done);
    assert.equal(uninstall(sources.root), []);
    assert.equal(listing(sources.root), sources.before);
  });
}

test('after two killed upgrades a third version is installed', async () => {
  const sources = await makeUpgrade();
  await killedInstall(sources, 1);
  makeHook(sources.hookFile, 300);
  await killedInstall(sources, 0);
  makeHook(sources.hookFile, 400);
  await install(sources);
  assert.equal((await prepareInstall(sources)).steps, []);
});

test('a first installation that was killed can be taken back', async () => {
  const sources = makeSources();
  const before = listing(sources.root);
  const plan = await prepareInstall(sources);
  const last = plan.steps.at(-1);
  performInstall({ ...plan, steps: plan.steps.slice(0, -1) });
  assert.not.ok(last && existsSync(last.host));
  uninstall(sources.root);
  assert.equal(listing(sources.root), before);
});

async function makeUpgrade(): Promise<InstallSources & { before: string[] }> {
  const sources = makeSources();
  const before = listing(sources.root);
  await install(sources);
  makeHook(sources.hookFile, 200);
  writeFiles(sources.hooksDir, { [`initramfs-tools/${SCRIPT}`]: '#!/bin/sh\nexit 1\n' });
  rmSync(join(sources.hooksDir, 'udev'), { recursive: true });
  return { ...sources, before };
}

// All before the last step, the final record, is what a run may have done when it is killed.
async function killedInstall(sources: InstallSources, done: number): Promise<void> {
  const plan = await prepareInstall(sources);
  assert.ok(existsSync(join(sources.root, HOOK)));
  performInstall({ ...plan, steps: plan.steps.slice(0, done) });
}

test.run();
