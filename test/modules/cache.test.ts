import { cpSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_CHOICES } from '../../src/core/manifest.ts';
import { type Enumeration, enumerateRoot } from '../../src/modules/enumerate.ts';
import { buildModule } from './build-module.ts';
import { driver, type Scene, withScene } from './cache-fixture.ts';

const WHEN = new Date('2024-01-01T00:00:00Z');

test('an unchanged kernel is not read again', () =>
  withScene(async ({ root, list, unpacked }) => {
    const first = await list();
    assert.is(unpacked(), 2);
    assert.equal(await list(), first);
    assert.is(unpacked(), 0);
    assert.equal(first, await enumerateRoot(root));
  }));

test('without a cache every run reads everything', () =>
  withScene(async ({ list, unpacked }) => {
    await list({ cache: null });
    await list({ cache: null });
    assert.is(unpacked(), 4);
  }));

test('a module whose content changed is noticed, although its size and its time are as before', () =>
  withScene(async ({ module, list }) => {
    const file = module('plain.ko');
    const write = (imports: string) => {
      writeFileSync(file, buildModule({ imports: [imports] }));
      utimesSync(file, WHEN, WHEN);
      return statSync(file);
    };
    const before = write('register_diskxx');
    assert.equal(blocked(await list()), ['card']);
    const after = write('register_netdev');
    assert.equal([after.size, after.mtimeMs, after.ino], [before.size, before.mtimeMs, before.ino]);
    assert.equal(blocked(await list()), ['card', 'plain']);
  }));

test('a plain module that changed, and a module that was added, are noticed', () =>
  withScene(async ({ module, list }) => {
    await list();
    cpSync(module('card.ko.xz'), module('more.ko.xz'));
    assert.equal(blocked(await list()), ['card', 'more']);
    writeFileSync(module('plain.ko'), 'no module any more');
    assert.equal(blocked(await list()), ['card', 'more', 'plain']);
  }));

test('a changed list of built-in drivers is noticed', () =>
  withScene(async ({ root, list }) => {
    await list();
    const builtin = join(root, 'usr/lib/modules/6.1.0/modules.builtin');
    writeFileSync(builtin, 'kernel/drivers/net/ethernet/intel/e1000/e1000.ko\n');
    assert.equal(
      (await list()).kernels[0]?.builtin.map(({ name }) => name),
      ['e1000'],
    );
  }));

test('files that are too new for their times to tell are not relied upon', () =>
  withScene(async ({ cache, list, unpacked }) => {
    const now = () => Date.now();
    await list({ now });
    assert.equal(readdirSync(cache), []);
    await list({ now });
    assert.is(unpacked(), 4);
  }));

test('other choices are another result', () =>
  withScene(async ({ list }) => {
    await list();
    const found = await list({ choices: { ...NO_CHOICES, block: ['disk'] } });
    assert.equal(blocked(found), ['card', 'disk']);
    assert.equal(blocked(await list()), ['card']);
  }));

test('the same modules in another root need not be unpacked again, and a new one is the only one that is', () =>
  withScene(async ({ root, cache, module, list, unpacked }) => {
    const first = await list();
    unpacked();
    const other = join(cache, '../other');
    cpSync(root, other, { recursive: true });
    assert.equal((await list({ root: other })).kernels, first.kernels);
    assert.is(unpacked(), 0);
    writeFileSync(module('new.ko.xz'), driver('register_netdevice'));
    assert.equal(blocked(await list()), ['card', 'new']);
    assert.is(unpacked(), 1);
  }));

test('what is unreadable is looked at each time', () =>
  withScene(async ({ module, list, unpacked }) => {
    writeFileSync(module('disk.ko.xz'), 'damaged');
    for (let run = 0; run < 2; run++) {
      assert.is((await list()).kernels[0]?.problems.length, 1);
      assert.ok(unpacked() >= 1);
    }
  }));

test('damaged files of the cache are not believed, and are replaced', () =>
  withScene(async (scene) => {
    const first = await scene.list();
    const files = kept(scene, '');
    assert.is(files.length, 2);
    for (const file of files) change(file, /register_netdev|hardware/, 'x');
    scene.unpacked();
    assert.equal(await scene.list(), first);
    assert.is(scene.unpacked(), 2);
    assert.equal(await scene.list(), first);
    assert.is(scene.unpacked(), 0);
  }));

test('a kept result cut off anywhere, or of another version, is not believed', () =>
  withScene(async (scene) => {
    const first = await scene.list();
    const [file = ''] = kept(scene, 'result');
    const whole = readFileSync(file);
    for (const size of [0, 10, 90, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, size));
      assert.equal(await scene.list(), first);
    }
    writeFileSync(file, whole.toString().replace('cache 1', 'cache 2'));
    assert.equal(await scene.list(), first);
  }));

test('only the newest kernels are kept', () =>
  withScene(async (scene) => {
    for (let i = 0; i < 12; i++) await scene.list({ choices: { ...NO_CHOICES, block: [`m${i}`] } });
    assert.is(kept(scene, 'result').length, 8);
    assert.equal(
      readdirSync(scene.cache).filter((name) => name.startsWith('.')),
      [],
    );
  }));

test('a cache that cannot be written is no error', () =>
  withScene(async ({ root, cache, list }) => {
    writeFileSync(join(cache, '../file'), '');
    const { ModuleCache } = await import('../../src/modules/cache/cache.ts');
    const found = await list({ cache: new ModuleCache(join(cache, '../file/none')) });
    assert.equal(found, await enumerateRoot(root));
  }));

function kept({ cache }: Scene, kind: string): string[] {
  return readdirSync(cache)
    .filter((name) => name.startsWith(kind))
    .map((name) => join(cache, name));
}

function change(file: string, what: RegExp, to: string): void {
  const text = readFileSync(file, 'utf8');
  assert.match(text, what);
  writeFileSync(file, text.replace(what, to));
}

function blocked({ kernels }: Enumeration): string[] {
  return kernels
    .flatMap(({ modules }) => modules.filter((one) => one.blocked).map(({ name }) => name))
    .sort();
}

test.run();
