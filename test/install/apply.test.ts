import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { applySteps } from '../../src/install/apply.ts';
import { performInstall, prepareInstall } from '../../src/install/install.ts';
import type { Step } from '../../src/install/step.ts';
import { makeReadOnly, mountDisk, mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';
import { listing, makeHook, makeSources, scratch } from './fixture.ts';

const entry = { path: '/x', mode: 0o644, content: Buffer.from('new') };

test('when the last step fails, all before it are undone', () => {
  const base = scratch();
  writeFileSync(join(base, 'replaced'), 'old');
  writeFileSync(join(base, 'removed'), 'old');
  const before = listing(base);
  const steps: Step[] = [
    { do: 'mkdir', host: join(base, 'folder') },
    write('create', join(base, 'folder/new')),
    write('replace', join(base, 'replaced')),
    { do: 'remove', host: join(base, 'removed'), path: '/removed' },
    { do: 'remove', host: join(base, 'absent'), path: '/absent' },
  ];
  assert.throws(() => applySteps(steps), /absent/);
  assert.equal(listing(base), before);
});

test('a file that could not be replaced after its old content was kept has nothing left beside it', () => {
  const base = scratch();
  for (const name of ['first', 'second']) writeFileSync(join(base, name), 'old');
  const before = listing(base);
  const meddler = {
    ...entry,
    get content() {
      rmSync(join(base, '.macveil-new.first'));
      return Buffer.from('new');
    },
  };
  const steps: Step[] = [
    write('replace', join(base, 'first')),
    { do: 'replace', host: join(base, 'second'), entry: meddler },
  ];
  assert.throws(() => applySteps(steps), /ENOENT/);
  assert.equal(listing(base), before);
});

test('when a later stage fails, the stages before are undone, also for a file that both write', () => {
  const base = scratch();
  writeFileSync(join(base, 'record'), 'old');
  const before = listing(base);
  const again = [
    write('replace', join(base, 'record')),
    { do: 'remove', host: join(base, 'absent'), path: '/absent' } as Step,
  ];
  assert.throws(() => applySteps([write('replace', join(base, 'record'))], again), /absent/);
  assert.equal(listing(base), before);
});

test('a leftover that cannot be removed is no error, since all is done by then', () => {
  const base = scratch();
  writeFileSync(join(base, 'file'), 'old');
  mkdirSync(join(base, '.macveil-new.file'));
  applySteps([{ do: 'remove', host: join(base, 'file'), path: '/file' }]);
  assert.not.ok(existsSync(join(base, 'file')));
});

test('what a killed run left beside a file does not stop the next one', () => {
  const base = scratch();
  writeFileSync(join(base, 'replaced'), 'old');
  for (const name of ['.macveil-new.replaced', '.macveil-old.replaced'])
    writeFileSync(join(base, name), 'stale');
  applySteps([write('replace', join(base, 'replaced'))]);
  assert.equal(listing(base).length, 1);
  assert.is(readFileSync(join(base, 'replaced'), 'utf8'), 'new');
});

const problem = mountProblem();
if (problem) {
  skipTest(test, 'full and read-only disks', problem);
} else {
  test('a disk that fills up leaves the root as it was', async () => {
    const sources = makeSources(mountDisk(join(scratch(), 'disk'), '256k'));
    makeHook(sources.hookFile, 150_000);
    const before = listing(sources.root);
    const plan = await prepareInstall(sources);
    assert.throws(() => performInstall(plan), /ENOSPC/);
    assert.equal(listing(sources.root), before);
  });

  test('the same root on a disk with room takes the installation', async () => {
    const sources = makeSources(mountDisk(join(scratch(), 'disk'), '1m'));
    makeHook(sources.hookFile, 150_000);
    performInstall(await prepareInstall(sources));
    assert.ok(existsSync(join(sources.root, 'usr/lib/macveil/installed.json')));
  });

  test('a read-only disk is an error that changes nothing', async () => {
    const disk = mountDisk(join(scratch(), 'disk'), '1m');
    const sources = makeSources(disk);
    makeReadOnly(disk);
    const plan = await prepareInstall(sources);
    assert.throws(() => performInstall(plan), /EROFS/);
  });
}

function write(what: 'create' | 'replace', host: string): Step {
  return { do: what, host, entry };
}

test.run();
