import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decisionFromCmdline } from '../../src/core/decision.ts';
import { macveil } from '../cli/run.ts';
import { scratch } from '../install/fixture.ts';

const HOOK = 'usr/lib/macveil/macveil-hook';
const KERNEL = '6.12.48+deb13-amd64';
/** What grub-probe says of a root on one ext4 partition. */
const PROBE = `#!/bin/sh
case "$*" in
*fs_uuid*) echo 1b2c3d4e-0000-4000-8000-123456789abc ;;
*partmap*) echo msdos ;;
*compatibility_hint*) echo hd0,msdos1 ;;
*hints_string*) echo --hint-bios=hd0,msdos1 ;;
*target=fs*) echo ext2 ;;
esac
`;

test('the generator offers the default entry of 10_linux with other decisions, and GRUB reads it', () => {
  const { stdout, stderr } = generate(makeRoot());
  assert.is(stderr, '');
  assert.equal(titlesOf(stdout), [
    "Debian GNU/Linux, with this computer'\\''s own network addresses",
    'Debian GNU/Linux, without network',
  ]);
  assert.equal(decisionsOf(stdout), ['keep', 'offline']);
  assert.match(stdout, `linux\t/boot/vmlinuz-${KERNEL} root=/dev/sda1 ro macveil=keep`);
  assert.match(stdout, `initrd\t/boot/initrd.img-${KERNEL}`);
  assert.ok(isScript(stdout));
  assert.not.ok(isScript(`${stdout}}`));
});

test('words of the administrator are kept, save those that contradict', () => {
  const settings = {
    GRUB_CMDLINE_LINUX: 'macveil=ask a=b',
    GRUB_CMDLINE_LINUX_DEFAULT: 'quiet macveil=ask -- single',
  };
  const { stdout } = generate(makeRoot(), settings);
  assert.equal(decisionsOf(stdout), ['keep', 'offline']);
  assert.match(stdout, /ro macveil=keep +a=b +quiet +-- single\n/);
});

test('a choice for one start does not become the default of the next', () => {
  const root = makeRoot();
  assert.match(run(root, '10_linux', { GRUB_SAVEDEFAULT: 'true' }).stdout, 'savedefault');
  assert.not.match(generate(root, { GRUB_SAVEDEFAULT: 'true' }).stdout, 'savedefault');
});

for (const number of ['2', '3>1', '12']) {
  test(`a default by number (${number}) that new entries would shift keeps them out`, () => {
    const { stdout, stderr, status } = generate(makeRoot(), { GRUB_ACTUAL_DEFAULT: number });
    assert.equal([stdout, status], ['', 0]);
    assert.match(stderr, `they would shift GRUB_DEFAULT=${number}`);
  });
}

test('a default that nothing shifts does not', () => {
  for (const name of ['0', '1>2', 'gnulinux-simple-x'])
    assert.equal(decisionsOf(generate(makeRoot(), { GRUB_ACTUAL_DEFAULT: name }).stdout), [
      'keep',
      'offline',
    ]);
});

test('where the package was removed and the generator stayed as configuration, nothing is offered', () => {
  const root = makeRoot();
  rmSync(join(root, HOOK));
  const { stdout, stderr, status } = generate(root);
  assert.equal([stdout, stderr, status], ['', '', 0]);
});

test('without a kernel there is no entry, a warning, and no failure of update-grub', () => {
  const root = makeRoot();
  writeFileSync(join(root, 'etc/grub.d/10_linux'), '#!/bin/sh\n');
  const { stdout, stderr, status } = generate(root);
  assert.equal([stdout, status], ['', 0]);
  assert.match(stderr, '10_linux gives no entry for keep');
});

test('macveil menu gives the generator titles, decisions and a submenu, and takes them away', () => {
  const root = makeRoot();
  const options = ['--language', 'de', '--ask', '--submenu', '--title', "keep=It's # 1 & \\ {title}"];
  const written = macveil('menu', root, ...options);
  assert.is(written.exitCode, 0, written.stderr);
  assert.match(written.stdout, 'run update-grub');
  const { stdout } = generate(root);
  assert.equal(decisionsOf(stdout), ['keep', 'offline', 'ask']);
  assert.equal(titlesOf(stdout), [
    'Netzwerkadressen ...',
    "It'\\''s # 1 & \\ Debian GNU/Linux",
    'Debian GNU/Linux, ohne Netzwerk',
    'Debian GNU/Linux, beim Start nach dem Netzwerk fragen',
  ]);
  assert.ok(isScript(stdout));
  assert.match(macveil('menu', root, ...options).stdout, 'nothing to change');
  assert.is(macveil('menu', root, '--remove').exitCode, 0);
  assert.not.ok(existsSync(join(root, 'etc/default/macveil-menu')));
});

test('settings that macveil did not write are left alone', () => {
  const root = makeRoot();
  const file = join(root, 'etc/default/macveil-menu');
  writeFileSync(file, 'MACVEIL_MENU=ask\n');
  assert.equal(decisionsOf(generate(root).stdout), ['ask']);
  for (const option of ['--submenu', '--remove']) assert.is(macveil('menu', root, option).exitCode, 3);
  assert.is(readFileSync(file, 'utf8'), 'MACVEIL_MENU=ask\n');
});

/** A root with the real 10_linux of this machine's GRUB, one kernel, and our generator. */
function makeRoot(): string {
  const root = scratch();
  for (const folder of ['etc/grub.d', 'etc/default', 'boot', 'bin', dirname(HOOK)])
    mkdirSync(join(root, folder), { recursive: true });
  for (const name of ['vmlinuz', 'initrd.img']) writeFileSync(join(root, `boot/${name}-${KERNEL}`), '');
  writeFileSync(join(root, HOOK), '');
  const real = readFileSync('/etc/grub.d/10_linux', 'utf8').replaceAll(
    '/boot/vmlinuz-*',
    `${root}/boot/vmlinuz-*`,
  );
  writeFileSync(join(root, 'etc/grub.d/10_linux'), real);
  cpSync(join(process.cwd(), 'hooks/grub/etc/grub.d/11_macveil'), join(root, 'etc/grub.d/11_macveil'));
  writeFileSync(join(root, 'bin/grub-probe'), PROBE);
  writeFileSync(join(root, 'bin/grub-mkrelpath'), '#!/bin/sh\necho /boot\n');
  for (const file of ['etc/grub.d/10_linux', 'etc/grub.d/11_macveil', 'bin/grub-probe', 'bin/grub-mkrelpath'])
    chmodSync(join(root, file), 0o755);
  return root;
}

function generate(root: string, settings: Record<string, string> = {}) {
  return run(root, '11_macveil', settings);
}

/** Runs a script of grub.d with what grub-mkconfig exports. */
function run(root: string, script: string, settings: Record<string, string>) {
  const env = {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    grub_probe: join(root, 'bin/grub-probe'),
    grub_mkrelpath: join(root, 'bin/grub-mkrelpath'),
    GRUB_DEVICE: '/dev/sda1',
    GRUB_DEVICE_BOOT: '/dev/sda1',
    GRUB_FS: 'ext2',
    GRUB_DISTRIBUTOR: 'Debian',
    GRUB_CMDLINE_LINUX_DEFAULT: 'quiet',
    pkgdatadir: '/usr/share/grub',
    ...settings,
  };
  return spawnSync(join(root, 'etc/grub.d', script), { encoding: 'utf8', env });
}

function titlesOf(text: string): string[] {
  return [...text.matchAll(/^(?:menuentry|submenu) '((?:[^']|'\\'')*)' /gm)].map(([, title]) => title ?? '');
}

function decisionsOf(text: string): string[] {
  return [...text.matchAll(/^\s*linux\s+\S+ (.*)$/gm)].map(
    ([, line]) => decisionFromCmdline(line ?? '').decision,
  );
}

function isScript(text: string): boolean {
  return spawnSync('grub-script-check', { input: text }).status === 0;
}

test.run();
