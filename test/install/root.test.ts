import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { insidePath, locate, openRoot } from '../../src/install/root.ts';
import { makeRoot, scratch } from './fixture.ts';

const base = scratch();
const root = openRoot(makeRoot(join(base, 'root')));

test('a path below a relative link of the root is found behind the link', () => {
  assert.is(locate(root, '/lib/udev/rules.d/x'), join(root, 'usr/lib/udev/rules.d/x'));
});

test('an absolute link of the root leads to its target inside the root, never on the host', () => {
  assert.is(locate(root, '/sbin/x'), join(root, 'usr/sbin/x'));
});

test('a link that climbs out of the root ends at the root', () => {
  symlinkSync('../../../../../../etc', join(root, 'climbing'));
  assert.is(locate(root, '/climbing/x'), join(root, 'etc/x'));
});

test('the last part of a path is not followed, because it is what gets replaced', () => {
  assert.is(locate(root, '/lib'), join(root, 'lib'));
});

test('links in a loop are an error and not an endless search', () => {
  symlinkSync('/loop-b', join(root, 'loop-a'));
  symlinkSync('/loop-a', join(root, 'loop-b'));
  assert.throws(() => locate(root, '/loop-a/x'), /loop/);
});

test('folders that do not exist yet are taken as they are written', () => {
  assert.is(locate(root, '/lib/new/deep/x'), join(root, 'usr/lib/new/deep/x'));
});

test('a place on the host has its path inside the root', () => {
  assert.is(insidePath(root, join(root, 'usr/lib/x')), '/usr/lib/x');
});

test('a root that does not exist is an error of input', () => {
  assert.throws(() => openRoot(join(base, 'none')), hasExitCode(3, /does not exist/));
});

test('a file is not a root', () => {
  writeFileSync(join(base, 'file'), '');
  assert.throws(() => openRoot(join(base, 'file')), hasExitCode(3, /is not a folder/));
});

test('a folder without /usr is not a root', () => {
  mkdirSync(join(base, 'empty'));
  assert.throws(() => openRoot(join(base, 'empty')), hasExitCode(3, /no \/usr/));
});

function hasExitCode(exitCode: number, message: RegExp) {
  return (error: Error & { exitCode?: number }) => error.exitCode === exitCode && message.test(error.message);
}

test.run();
