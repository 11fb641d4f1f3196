import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BLOCKLIST, HOOK, INSTALLED, MANIFEST, MODULE_SUMS } from '../../src/paths.ts';
import { scratch, writeFiles } from '../install/fixture.ts';
import { copyProgram, writeScript } from '../install/programs.ts';
import { mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';

/** Where the stand-ins write down how they were called. */
const CALLS = '/calls';
const MADE = [BLOCKLIST, MANIFEST, MODULE_SUMS, INSTALLED];
const MENU = '/boot/grub/grub.cfg';
const REFRESHED = ['refresh'];
const UPDATED = ['update-initramfs -u -k 1', 'update-initramfs -u -k 2'];

const problem = mountProblem();
if (problem) skipTest(test, "the scripts of the hook's package", problem);
else testScripts();
test.run();

function testScripts(): void {
  test('with a command that runs, the list is made before each initramfs', () => {
    const root = makeRoot();
    writeScript(root, 'usr/local/bin/macveil', ':');
    assert.equal(postinst(root), ['refresh list', ...REFRESHED]);
  });

  test('without a command each initramfs gets the hook all the same', () => {
    assert.equal(postinst(makeRoot()), REFRESHED);
  });

  test('a command that cannot run does not keep the hook out', () => {
    const root = makeRoot();
    writeScript(root, 'usr/local/bin/macveil', 'exit 127');
    assert.equal(postinst(root), REFRESHED);
  });

  test('what is left to the package of the command, which is not configured yet, is not done twice', () => {
    const root = makeRoot();
    writeFiles(root, { 'usr/share/macveil/package.json': '' });
    assert.equal(postinst(root), []);
  });

  test('a list that cannot be made leaves the package unconfigured', () => {
    const root = makeRoot();
    writeScript(root, 'usr/local/bin/macveil', ':');
    writeScript(root, 'usr/lib/macveil/refresh', 'exit 3');
    assert.is(run(root, 'postinst', 'configure').status, 3);
  });

  test('removing takes away what was made, and makes the initramfs of each kernel anew', () => {
    const root = makeRoot();
    writeFiles(root, Object.fromEntries(MADE.map((path) => [path.slice(1), ''])));
    assert.equal(postrm(root), UPDATED);
    for (const path of MADE) assert.not.ok(existsSync(join(root, path)), path);
  });

  test('a boot menu that offers decisions is made anew, and no other', () => {
    const root = makeRoot();
    writeFiles(root, { [MENU.slice(1)]: 'linux /vmlinuz quiet\n' });
    assert.equal(postrm(root), UPDATED);
    writeFiles(root, { [MENU.slice(1)]: 'linux /vmlinuz macveil=offline quiet\n' });
    assert.equal(postrm(root), [...UPDATED, 'update-grub']);
  });

  test('a boot menu that cannot be made is told, and the package goes', () => {
    const root = makeRoot();
    writeFiles(root, { [MENU.slice(1)]: 'linux /vmlinuz macveil=offline\n' });
    writeScript(root, 'usr/sbin/update-grub', 'exit 1');
    const { status, stderr } = run(root, 'postrm', 'remove');
    assert.is(status, 0);
    assert.match(stderr, 'run update-grub');
  });
}

/** A root with two kernels, the scripts, and stand-ins for what they call. */
function makeRoot(): string {
  const root = scratch();
  for (const program of ['/bin/sh', '/bin/touch', '/bin/rm', '/bin/rmdir', '/bin/grep'])
    copyProgram(program, root);
  for (const program of ['usr/lib/macveil/refresh', 'usr/sbin/update-initramfs', 'usr/sbin/update-grub'])
    writeScript(root, program, `echo "\${0##*/} $*" >>${CALLS}`);
  // Not a device: what is written there goes nowhere either.
  writeFiles(root, { 'dev/null': '', [HOOK.slice(1)]: '' });
  for (const release of ['1', '2'])
    writeFiles(root, { [`boot/initrd.img-${release}`]: '', [`lib/modules/${release}/modules.dep`]: '' });
  // One of a kernel that has gone.
  writeFiles(root, { 'boot/initrd.img-0': '' });
  for (const name of ['postinst', 'postrm'])
    copyFileSync(`build/debian/macveil-hook.${name}`, join(root, name));
  return root;
}

const postinst = (root: string) => callsOf(root, 'postinst', 'configure');
const postrm = (root: string) => callsOf(root, 'postrm', 'remove');

function callsOf(root: string, ...words: string[]): string[] {
  const { status, stderr } = run(root, ...words);
  assert.is(status, 0, stderr);
  const calls = join(root, CALLS);
  const text = existsSync(calls) ? readFileSync(calls, 'utf8') : '';
  rmSync(calls, { force: true });
  return Array.from(text.matchAll(/^(.+?) *$/gm), ([, call = '']) => call);
}

function run(root: string, ...command: string[]) {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
  return spawnSync('/usr/sbin/chroot', [root, '/bin/sh', ...command], { encoding: 'utf8', env });
}
