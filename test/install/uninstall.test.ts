import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { performUninstall, prepareUninstall } from '../../src/install/uninstall.ts';
import { install, listing, makeSources, packagedText, uninstall, writeFiles } from './fixture.ts';

const RULE = 'usr/lib/udev/rules.d/70-macveil.rules';
const PACKAGED = 'usr/lib/macveil/packaged.json';
const LIST = 'usr/lib/modprobe.d/macveil-blocklist.conf';

test('uninstalling leaves the root as it was before', async () => {
  const sources = makeSources();
  const before = listing(sources.root);
  await install(sources);
  assert.not.equal(listing(sources.root), before);
  uninstall(sources.root);
  assert.equal(listing(sources.root), before);
});

test('uninstalling after an upgrade leaves the root as it was before', async () => {
  const sources = makeSources();
  const before = listing(sources.root);
  await install(sources);
  writeFiles(sources.hooksDir, { 'udev/etc/udev/new.conf': 'new in this version\n' });
  await install(sources);
  uninstall(sources.root);
  assert.equal(listing(sources.root), before);
});

test('a file that was there before, as it was wanted, stays', async () => {
  const sources = makeSources();
  writeFiles(sources.root, { [RULE]: 'ACTION=="add"\n' });
  const before = listing(sources.root);
  await install(sources);
  uninstall(sources.root);
  assert.equal(listing(sources.root), before);
});

test('a file that was edited since is kept and named', async () => {
  const sources = makeSources();
  const before = listing(sources.root);
  await install(sources);
  writeFileSync(join(sources.root, RULE), 'edited\n');
  assert.equal(uninstall(sources.root), [`/lib/udev/rules.d/70-macveil.rules`]);
  rmSync(join(sources.root, RULE));
  assert.equal(listing(sources.root), before);
});

test('a folder that holds a file of someone else stays', async () => {
  const sources = makeSources();
  await install(sources);
  writeFiles(sources.root, { 'usr/lib/modprobe.d/theirs.conf': 'theirs\n' });
  uninstall(sources.root);
  assert.match(listing(sources.root).join('\n'), 'usr/lib/modprobe.d/theirs.conf');
});

test("what became a distribution's package's since it was installed is left to it", async () => {
  const sources = makeSources();
  await install(sources);
  writeFiles(sources.root, { [PACKAGED]: packagedText('/lib/udev/rules.d/70-macveil.rules') });
  const packaged = listing(sources.root).filter((line) => line.startsWith(RULE) || line.startsWith(PACKAGED));
  assert.is(packaged.length, 2);
  uninstall(sources.root);
  const left = listing(sources.root);
  assert.equal(
    packaged.filter((line) => !left.includes(line)),
    [],
  );
  assert.not.match(left.join('\n'), LIST);
});

test('a file that is gone already is no obstacle', async () => {
  const sources = makeSources();
  const before = listing(sources.root);
  await install(sources);
  rmSync(join(sources.root, LIST));
  uninstall(sources.root);
  assert.equal(listing(sources.root), before);
});

test('what a killed run left beside a file is removed too', async () => {
  const sources = makeSources();
  const before = listing(sources.root);
  await install(sources);
  writeFiles(sources.root, { 'usr/lib/modprobe.d/.macveil-new.macveil-blocklist.conf': 'half' });
  uninstall(sources.root);
  assert.equal(listing(sources.root), before);
});

test('a folder of macveil that is a file by now is no obstacle, since all else is removed by then', async () => {
  const sources = makeSources();
  await install(sources);
  const plan = prepareUninstall(sources.root);
  if (!plan) throw new Error('macveil is not installed');
  writeFileSync(join(sources.root, 'usr/lib/file'), '');
  performUninstall({ ...plan, directories: [...plan.directories, '/usr/lib/file'] });
  assert.is(prepareUninstall(sources.root), null);
});

test('a root without macveil has nothing to uninstall', () => {
  assert.is(prepareUninstall(makeSources().root), null);
});

for (const damage of [
  '{"version":1,"files":[{"path":"',
  'null',
  '{"version":1,"files":[{"path":"usr"}],"directories":[]}',
]) {
  test(`a damaged record is refused: ${damage}`, async () => {
    const sources = makeSources();
    await install(sources);
    writeFileSync(join(sources.root, 'usr/lib/macveil/installed.json'), damage);
    assert.throws(() => prepareUninstall(sources.root), /damaged/);
  });
}

test.run();
