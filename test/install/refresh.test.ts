import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BLOCKLIST, HOOK, MANIFEST } from '../../src/paths.ts';
import { mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';
import { scratch, writeFiles } from './fixture.ts';
import { copyProgram, writeScript } from './programs.ts';

const SCRIPT = '/usr/lib/macveil/refresh';
const DEP = '/lib/modules/1/modules.dep';
const INITRD = '/boot/initrd.img-1';
/** Where the stand-ins of macveil and update-initramfs write down how they were called. */
const CALLS = '/calls';
/** Times in seconds: the list was made, and packed into the initramfs after that. */
const MADE = 1000;
const PACKED = 2000;
const LATER = 3000;

const problem = mountProblem();
if (problem) skipTest(test, 'refreshing the list inside a root', problem);
else testScript();
test.run();

function testScript(): void {
  test('without new modules nothing is started', () => {
    const root = makeRoot();
    assert.equal(refresh(root), { status: 0, calls: '', stderr: '' });
  });

  test('modules that came later make the list anew, with the policy it had', () => {
    const root = makeRoot();
    touch(root, DEP, LATER);
    const { status, calls } = refresh(root);
    assert.equal([status, calls], [0, 'macveil install --root / --keep-policy --no-cache\n']);
  });

  test('a list that was never made gets the default policy, and dracut makes the initramfs where it is the one', () => {
    const root = makeRoot();
    rmSync(join(root, MANIFEST));
    touch(root, BLOCKLIST, LATER);
    writeScript(root, 'usr/bin/dracut', `echo "dracut $*" >>${CALLS}`);
    rmSync(join(root, 'usr/sbin/update-initramfs'));
    const made = 'macveil install --root / --no-config --no-cache\ndracut --force /boot/initrd.img-1 1\n';
    assert.is(refresh(root).calls, made);
  });

  test('modules of a second kernel do so too', () => {
    const root = makeRoot();
    writeFiles(root, { 'lib/modules/2/modules.dep': '' });
    assert.match(refresh(root).calls, 'macveil install');
  });

  test('that is done once, although nothing in the list changed', () => {
    const root = makeRoot();
    touch(root, DEP, LATER);
    refresh(root);
    assert.is(refresh(root).calls, '');
  });

  test('an initramfs that is older than the list is made anew, by its release', () => {
    const root = makeRoot();
    touch(root, BLOCKLIST, LATER);
    assert.is(refresh(root).calls, 'update-initramfs -u -k 1\n');
  });

  test('so is one that is older than the hook', () => {
    const root = makeRoot();
    touch(root, HOOK, LATER);
    assert.is(refresh(root).calls, 'update-initramfs -u -k 1\n');
  });

  test('a copy of an initramfs that belongs to no kernel is left alone', () => {
    const root = makeRoot();
    writeFiles(root, { 'boot/initrd.img-1.old-dkms': '' });
    touch(root, '/boot/initrd.img-1.old-dkms', MADE - 1);
    assert.is(refresh(root).calls, '');
  });

  test('before a kernel makes its own initramfs only the list is looked at', () => {
    const root = makeRoot();
    touch(root, DEP, LATER);
    touch(root, BLOCKLIST, LATER);
    assert.is(refresh(root, 'list').calls, 'macveil install --root / --keep-policy --no-cache\n');
  });

  test('without macveil it is said what is not covered and what to do, and dpkg goes on', () => {
    const root = makeRoot();
    rmSync(join(root, 'usr/bin/macveil'));
    touch(root, DEP, LATER);
    for (const words of [[], ['list']]) {
      const { status, stderr } = refresh(root, ...words);
      assert.is(status, 0);
      assert.match(stderr, /kernel modules are on no list, or came after .*\n {2}hint: .*macveil install/);
    }
  });

  test('a list that cannot be made stops a kernel package, and not dpkg; the next run tries again', () => {
    const root = makeRoot();
    writeScript(root, 'usr/bin/macveil', `echo "macveil $*" >>${CALLS}; exit 3`);
    touch(root, DEP, LATER);
    assert.is(refresh(root, 'list').status, 3);
    const again = refresh(root);
    assert.equal([again.status, again.calls], [0, 'macveil install --root / --keep-policy --no-cache\n']);
  });

  test('modules that cannot be read are blocked: the list is made', () => {
    const root = makeRoot();
    writeScript(root, 'usr/bin/macveil', 'exit 1');
    touch(root, DEP, LATER);
    assert.is(refresh(root, 'list').status, 0);
    assert.ok(statSync(join(root, MANIFEST)).mtimeMs > LATER * 1000);
  });

  test('dpkg at work on another root is none of our business', () => {
    const root = makeRoot();
    touch(root, DEP, LATER);
    assert.is(inRoot(root, { DPKG_ROOT: '/mnt' }, SCRIPT).status, 0);
    assert.not.ok(existsSync(join(root, CALLS)));
  });
}

/** A root with one kernel whose list and initramfs are up to date, and stand-ins for the two programs. */
function makeRoot(): string {
  const root = scratch();
  for (const program of ['/bin/sh', '/bin/date', '/bin/touch']) copyProgram(program, root);
  for (const program of ['usr/bin/macveil', 'usr/sbin/update-initramfs'])
    writeScript(root, program, `echo "\${0##*/} $*" >>${CALLS}`);
  mkdirSync(join(root, 'usr/lib/macveil'), { recursive: true });
  // Not a device: what is written there goes nowhere either.
  writeFiles(root, { 'dev/null': '' });
  copyFileSync(`hooks/dpkg${SCRIPT}`, join(root, SCRIPT));
  for (const [path, seconds] of [
    [DEP, MADE - 1],
    [BLOCKLIST, MADE],
    [MANIFEST, MADE],
    [HOOK, MADE],
    [INITRD, PACKED],
  ] as const) {
    writeFiles(root, { [path.slice(1)]: '' });
    touch(root, path, seconds);
  }
  return root;
}

function touch(root: string, path: string, seconds: number): void {
  utimesSync(join(root, path), seconds, seconds);
}

function refresh(root: string, ...words: string[]) {
  const { status, stderr } = inRoot(root, {}, SCRIPT, ...words);
  const calls = existsSync(join(root, CALLS)) ? readFileSync(join(root, CALLS), 'utf8') : '';
  rmSync(join(root, CALLS), { force: true });
  return { status, calls, stderr };
}

function inRoot(root: string, environment: Record<string, string>, ...command: string[]) {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...environment };
  return spawnSync('/usr/sbin/chroot', [root, '/bin/sh', ...command], { encoding: 'utf8', env });
}
