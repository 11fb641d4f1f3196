import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { assertError } from '../cli/install-fixture.ts';
import { macveil } from '../cli/run.ts';
import { listing, scratch, writeFiles } from '../install/fixture.ts';

const HOOKS = 'config/hooks/normal';
const OURS = [
  'config/macveil/macveil',
  'config/package-lists/macveil.list.chroot',
  `${HOOKS}/9500-macveil.hook.chroot`,
  `${HOOKS}/9500-macveil.hook.binary`,
];

/** A tree as "lb config" leaves it, as far as it matters here, and what stands for the executable. */
function prepare() {
  const tree = scratch();
  writeFiles(tree, {
    'auto/config': '#!/bin/sh\n',
    'config/package-lists/live.list.chroot': 'live-boot\n',
    [`${HOOKS}/5000-own.hook.chroot`]: '#!/bin/sh\n',
  });
  const program = join(scratch(), 'macveil');
  writeFileSync(program, 'an executable\n');
  const run = (...more: string[]) => macveil('live-build', '--tree', tree, '--no-config', ...more);
  const add = (...more: string[]) => run('--program', program, ...more);
  return { tree, program, run, add };
}

test('macveil is added to a tree, a second run changes nothing, and removing leaves the tree as it was', () => {
  const { tree, run, add } = prepare();
  const before = listing(tree);
  assert.is(add().exitCode, 0);
  for (const path of OURS) assert.ok(statSync(join(tree, path)).isFile());
  assert.is(statSync(join(tree, `${HOOKS}/9500-macveil.hook.chroot`)).mode & 0o111, 0o111);
  const after = listing(tree);
  assert.match(add().stdout, 'nothing to change');
  assert.equal(listing(tree), after);
  assert.is(run('--remove').exitCode, 0);
  assert.equal(listing(tree), before);
});

test('the choices of policy and menu are kept for the build, one word a line', () => {
  const { tree, add } = prepare();
  const options = (name: string) => readFileSync(join(tree, 'config/macveil', name), 'utf8');
  add();
  assert.equal([options('install-options'), options('menu-options')], ['', '']);
  const choices = ['--strict', '--allow', 'tun', '--block', 'vfat', '--class', 'media=block'];
  assert.is(add(...choices, '--accept-builtin', 'e100', '--ask').exitCode, 0);
  assert.is(
    options('install-options'),
    '--strict\n--allow=tun\n--block=vfat\n--class=media=block\n--accept-builtin=e100\n',
  );
  assert.is(options('menu-options'), '--ask\n');
});

test('a hook of the same name that is not from macveil is not overwritten', () => {
  const { tree, add } = prepare();
  writeFileSync(join(tree, `${HOOKS}/9500-macveil.hook.binary`), 'own\n');
  const before = listing(tree);
  assertError(add(), EXIT.input, /9500-macveil\.hook\.binary.*/);
  assert.equal(listing(tree), before);
});

test('an edited hook stays when macveil is taken out, and is named', () => {
  const { tree, run, add } = prepare();
  add();
  writeFileSync(join(tree, `${HOOKS}/9500-macveil.hook.chroot`), 'edited\n');
  const result = run('--remove');
  assert.is(result.exitCode, EXIT.findings);
  assert.match(result.stderr, '9500-macveil.hook.chroot');
});

test('taking macveil out of a tree without it is no error', () => {
  assert.match(prepare().run('--remove').stdout, 'nothing to remove');
});

test('a folder without a configuration, none at all, or no executable are told with what to do', () => {
  const { tree, program, run } = prepare();
  assertError(run('--program', `${program}.not`), EXIT.input, /does not exist[\s\S]*npm run executable/);
  rmSync(join(tree, 'config'), { recursive: true });
  assertError(run('--program', program), EXIT.input, /no folder config[\s\S]*lb config/);
  rmSync(tree, { recursive: true });
  assertError(run('--program', program), EXIT.input, /is not a folder[\s\S]*lb config/);
  mkdirSync(tree);
});

test.run();
