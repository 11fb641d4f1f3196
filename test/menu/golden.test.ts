import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { macveil } from '../cli/run.ts';
import { copyFixture, snapshot } from './fixture.ts';

/** Real configurations, and what is asked for. */
const CASES = [
  { name: 'live-build-12', fixture: 'live-build-12', options: [] },
  { name: 'live-build-13', fixture: 'live-build-13', options: [] },
  {
    name: 'live-build-13-submenu-de',
    fixture: 'live-build-13',
    options: ['--submenu', '--ask', '--language', 'de'],
  },
];

for (const { name, fixture, options } of CASES) {
  test(`${name}: the entries are those of the golden file`, () => {
    const folder = copyFixture(fixture);
    const { stdout, exitCode } = macveil('menu', folder, '--dry-run', ...options);
    assert.is(exitCode, 0);
    const golden = join(process.cwd(), 'test/menu/golden', `${name}.diff`);
    const diff = stdout.replaceAll(folder, '');
    if (process.env.MACVEIL_GOLDEN === 'write') writeFileSync(golden, diff);
    assert.is(diff, readFileSync(golden, 'utf8'));
    assert.equal(snapshot(folder), snapshot(copyFixture(fixture)));
  });

  test(`${name}: a second run changes nothing, GRUB reads it, and --remove leaves every byte as it was`, () => {
    const folder = copyFixture(fixture);
    assert.is(macveil('menu', folder, ...options).exitCode, 0);
    const written = snapshot(folder);
    assert.is.not(written['boot/grub/grub.cfg'], snapshot(copyFixture(fixture))['boot/grub/grub.cfg']);
    assert.match(macveil('menu', folder, ...options).stdout, 'nothing to change');
    assert.equal(snapshot(folder), written);
    assert.is(spawnSync('grub-script-check', [join(folder, 'boot/grub/grub.cfg')]).status, 0);
    assert.is(macveil('menu', folder, '--remove').exitCode, 0);
    assert.equal(snapshot(folder), snapshot(copyFixture(fixture)));
  });
}

test('another reader of syslinux configurations sees the same entries', () => {
  const folder = copyFixture('live-build-12');
  assert.is(macveil('menu', folder, '--ask').exitCode, 0);
  const args = ['-t', 'isolinux', '-r', folder, join(folder, 'isolinux/live.cfg')];
  const { stdout } = spawnSync('grub-syslinux2cfg', args, { encoding: 'utf8' });
  const entries = stdout.split(/^menuentry /m).slice(1);
  const seen = entries.map((entry) => [/--id '(.*?)'/.exec(entry)?.[1], /macveil=\w+$/m.exec(entry)?.[0]]);
  assert.equal(seen, [
    ['live-amd64', undefined],
    ['live-amd64-macveil-keep', 'macveil=keep'],
    ['live-amd64-macveil-offline', 'macveil=offline'],
    ['live-amd64-macveil-ask', 'macveil=ask'],
    ['live-amd64-failsafe', undefined],
  ]);
});

test('grub-script-check finds an entry that is never closed', () => {
  const folder = copyFixture('live-build-13');
  const file = join(folder, 'boot/grub/grub.cfg');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^}$/m, ''));
  assert.is(spawnSync('grub-script-check', [file]).status, 1);
});

test('other options replace the block of an earlier run', () => {
  const folder = copyFixture('live-build-13');
  macveil('menu', folder, '--submenu');
  macveil('menu', folder);
  const flat = copyFixture('live-build-13');
  macveil('menu', flat);
  assert.equal(snapshot(folder), snapshot(flat));
});

test('the grub.cfg of an installed system is left to update-grub', () => {
  const file = join(copyFixture('installed-13'), 'boot/grub/grub.cfg');
  const { exitCode, stderr } = macveil('menu', file);
  assert.is(exitCode, 3);
  assert.match(stderr, 'grub.cfg:8: grub-mkconfig made this file, and would overwrite it');
  assert.match(stderr, '/etc/grub.d/11_macveil');
});

test.run();
