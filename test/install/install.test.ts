import { chmodSync, existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { prepareInstall } from '../../src/install/install.ts';
import { install, listing, makeHook, makeSources, packagedText, writeFiles } from './fixture.ts';

const SCRIPT = 'usr/share/initramfs-tools/hooks/macveil';
const RULE = 'usr/lib/udev/rules.d/70-macveil.rules';
const LIST = 'usr/lib/modprobe.d/macveil-blocklist.conf';

test('the hook, the list and the fitting integrations are placed', async () => {
  const sources = makeSources();
  await install(sources);
  const hook = join(sources.root, 'usr/lib/macveil/macveil-hook');
  assert.equal(readFileSync(hook), readFileSync(sources.hookFile));
  assert.is(statSync(hook).mode & 0o777, 0o755);
  assert.is(readFileSync(join(sources.root, LIST), 'utf8'), 'blacklist e1000\n');
  assert.ok(existsSync(join(sources.root, SCRIPT)));
  assert.not.ok(existsSync(join(sources.root, 'usr/lib/systemd')));
});

test("what a distribution's package of the hook has placed stays its own: it is neither compared, nor recorded, nor taken away", async () => {
  const sources = makeSources();
  const hook = 'usr/lib/macveil/macveil-hook';
  writeFiles(sources.root, {
    [hook]: 'of another version',
    'usr/lib/macveil/packaged.json': packagedText(`/${hook}`, `/${SCRIPT}`),
  });
  await install(sources);
  const placed = listing(sources.root).join('\n');
  assert.is(readFileSync(join(sources.root, hook), 'utf8'), 'of another version');
  assert.ok(existsSync(join(sources.root, LIST)));
  assert.not.match(placed, 'initramfs-tools/hooks/macveil');
  const record = readFileSync(join(sources.root, 'usr/lib/macveil/installed.json'), 'utf8');
  assert.match(record, 'blocklist.conf');
  assert.not.match(record, 'macveil-hook');
});

test("what became such a package's since the last time is its own from then on", async () => {
  const sources = makeSources();
  await install(sources);
  const record = () => readFileSync(join(sources.root, 'usr/lib/macveil/installed.json'), 'utf8');
  assert.match(record(), SCRIPT);
  writeFiles(sources.root, {
    'usr/lib/macveil/packaged.json': packagedText(`/${SCRIPT}`),
    [SCRIPT]: 'of another version',
  });
  await install(sources);
  assert.not.match(record(), SCRIPT);
  assert.is(readFileSync(join(sources.root, SCRIPT), 'utf8'), 'of another version');
});

test('a path below /lib lands in /usr/lib when the root has merged them', async () => {
  const sources = makeSources();
  await install(sources);
  assert.ok(statSync(join(sources.root, RULE)).isFile());
});

test('modes do not depend on the umask', async () => {
  const sources = makeSources();
  const umask = process.umask(0o077);
  await install(sources);
  process.umask(umask);
  assert.is(statSync(join(sources.root, 'usr/lib/macveil')).mode & 0o777, 0o755);
  assert.is(statSync(join(sources.root, LIST)).mode & 0o777, 0o644);
});

test('preparing alone changes nothing', async () => {
  const sources = makeSources();
  const before = listing(sources.root);
  await prepareInstall(sources);
  assert.equal(listing(sources.root), before);
});

test('a second installation changes nothing', async () => {
  const sources = makeSources();
  await install(sources);
  const before = listing(sources.root);
  assert.equal((await prepareInstall(sources)).steps, []);
  await install(sources);
  assert.equal(listing(sources.root), before);
});

test('a new hook replaces only the old hook and the record', async () => {
  const sources = makeSources();
  await install(sources);
  makeHook(sources.hookFile, 100);
  const { steps } = await prepareInstall(sources);
  assert.equal(
    steps.map((step) => step.do),
    ['replace', 'replace'],
  );
  await install(sources);
  assert.is(statSync(join(sources.root, 'usr/lib/macveil/macveil-hook')).size, 104);
});

test('a file that was deleted is placed again', async () => {
  const sources = makeSources();
  await install(sources);
  rmSync(join(sources.root, RULE));
  await install(sources);
  assert.ok(existsSync(join(sources.root, RULE)));
});

test('a file that this version no longer has is removed', async () => {
  const sources = makeSources();
  await install(sources);
  rmSync(join(sources.hooksDir, 'udev'), { recursive: true });
  await install(sources);
  assert.not.ok(existsSync(join(sources.root, RULE)));
});

test('a different file of someone else is not overwritten, and nothing is placed', async () => {
  const sources = makeSources();
  writeFiles(sources.root, { [RULE]: 'not from macveil\n' });
  const before = listing(sources.root);
  await refused(sources, /70-macveil\.rules/);
  assert.equal(listing(sources.root), before);
});

test('a link of someone else is not overwritten', async () => {
  const sources = makeSources();
  symlinkSync('/dev/null', join(sources.root, RULE));
  await refused(sources, /70-macveil\.rules/);
});

test('an installed file that was edited since is not overwritten', async () => {
  const sources = makeSources();
  await install(sources);
  writeFileSync(join(sources.root, RULE), 'edited\n');
  await refused(sources, /edited since/);
});

test('an installed file whose mode was changed counts as edited', async () => {
  const sources = makeSources();
  await install(sources);
  chmodSync(join(sources.root, RULE), 0o600);
  assert.equal(await prepareInstall(sources).catch((error) => error.exitCode), 3);
});

test('a missing hook is an error that names the command that builds it', async () => {
  const sources = { ...makeSources(), hookFile: '/nonexistent/hook' };
  const error = await prepareInstall(sources).then(
    () => null,
    (reason) => reason,
  );
  assert.is(error?.exitCode, 3);
  assert.match(error.hint, 'macveil compile');
});

test('a hook that is not a program is refused', async () => {
  const sources = makeSources();
  writeFileSync(sources.hookFile, '#!/bin/sh\n');
  await refused(sources, /no ELF header/);
});

async function refused(sources: ReturnType<typeof makeSources>, message: RegExp): Promise<void> {
  const error = await prepareInstall(sources).then(
    () => null,
    (reason) => reason,
  );
  assert.is(error?.exitCode, 3);
  assert.match(error.message, message);
}

test.run();
