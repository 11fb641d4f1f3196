import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { updateInitramfs } from '../../src/install/initramfs.ts';
import { openRoot } from '../../src/install/root.ts';
import { mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';
import { makeRoot, scratch, writeFiles } from './fixture.ts';
import { copyProgram, writeScript } from './programs.ts';

type Failure = Error & { exitCode: number; hint: string };

const HONEST = `
[ -d /proc/self ] && [ -c /dev/null ] || exit 9
echo "update-initramfs: $*"
echo new > /boot/initrd.img-1.new && rm /boot/initrd.img-1
while read -r line; do echo "$line" > /boot/initrd.img-1; done < /boot/initrd.img-1.new`;

test('a root without update-initramfs is an error of a missing program', async () => {
  const root = openRoot(makeRoot(join(scratch(), 'root')));
  assert.is((await failure(root)).exitCode, 4);
});

const problem = mountProblem();
if (problem) {
  skipTest(test, 'rebuilding an initramfs', problem);
} else {
  test('update-initramfs runs inside the root, with /proc and /dev, and its lines are handed on', async () => {
    const root = makeUpdater(HONEST);
    const lines: string[] = [];
    await updateInitramfs(root, (line) => lines.push(line));
    assert.equal(lines, ['update-initramfs: -u -k all']);
    assert.is(readFileSync(join(root, 'boot/initrd.img-1'), 'utf8'), 'new\n');
  });

  test('nothing stays mounted in the root', async () => {
    const root = makeUpdater(HONEST);
    await updateInitramfs(root, () => {});
    assert.not.match(readFileSync('/proc/self/mounts', 'utf8'), root);
    assert.not.ok(existsSync(join(root, 'proc/self')));
  });

  test('nothing stays mounted when it fails, and the error has the exit code', async () => {
    const root = makeUpdater('exit 3');
    assert.match((await failure(root)).message, 'exit code 3');
    assert.not.match(readFileSync('/proc/self/mounts', 'utf8'), root);
  });

  for (const script of ['exit 3', 'exit 0']) {
    test(`the hint after a failed rebuild (${script}) is true of installed and of removed files`, async () => {
      const { hint } = await failure(makeUpdater(script));
      assert.match(hint, 'only its initramfs is still the old one');
      assert.not.match(hint, "macveil's files are in");
    });
  }

  test('an update-initramfs that claims success and wrote nothing is not believed', async () => {
    const error = await failure(makeUpdater('exit 0'));
    assert.is(error.exitCode, 4);
    assert.match(error.message, 'no new initramfs for 1');
  });

  test('a kernel that has no initramfs yet gets one', async () => {
    const root = makeUpdater('echo "$*"; echo new > "/boot/initrd.img-$3"');
    rmSync(join(root, 'boot/initrd.img-1'));
    const lines: string[] = [];
    await updateInitramfs(root, (line) => lines.push(line));
    assert.equal(lines, ['-c -k 1']);
  });

  for (const [program, image, command] of [
    ['dracut', 'initrd.img-1', '--force /boot/initrd.img-1 1'],
    ['mkinitcpio', 'initramfs-1.img', '-P'],
  ] as const) {
    test(`${program} makes the initramfs of a root that has it, and is not believed either`, async () => {
      const root = makeUpdater('exit 9');
      rmSync(join(root, 'usr/sbin/update-initramfs'));
      writeScript(
        root,
        `usr/bin/${program}`,
        `echo "$*"; echo new > /boot/${image}.x; rm -f /boot/${image}; echo new > /boot/${image}`,
      );
      const lines: string[] = [];
      await updateInitramfs(root, (line) => lines.push(line));
      assert.equal(lines, [command]);
      writeScript(root, `usr/bin/${program}`, 'exit 0');
      assert.match((await failure(root)).message, `${program} in ${root} ended without error`);
    });
  }

  test('a kernel without an initramfs is named', async () => {
    const root = makeUpdater(HONEST);
    writeFileSync(join(root, 'boot/vmlinuz-2'), '');
    assert.match((await failure(root)).message, 'no new initramfs for 2');
  });
}

// A root that can run one shell script: the host's shell with its libraries, as chroot needs them.
function makeUpdater(script: string): string {
  const root = openRoot(makeRoot(join(scratch(), 'root')));
  rmSync(join(root, 'lib'));
  for (const folder of ['proc', 'sys', 'dev', 'boot']) mkdirSync(join(root, folder));
  copyProgram('/bin/sh', root);
  copyProgram('/bin/rm', root);
  writeFiles(root, { 'boot/vmlinuz-1': '', 'boot/initrd.img-1': 'old\n' });
  writeScript(root, 'usr/sbin/update-initramfs', script);
  return root;
}

async function failure(root: string): Promise<Failure> {
  return updateInitramfs(root, () => {}).then(
    () => assert.unreachable('it was believed'),
    (error) => error,
  ) as Promise<Failure>;
}

test.run();
