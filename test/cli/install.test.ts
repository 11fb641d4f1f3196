import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listing, scratch, writeFiles } from '../install/fixture.ts';
import { makeReadOnly, mountDisk, mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';
import { assertError, policyOf, prepare } from './install-fixture.ts';
import { macveil } from './run.ts';

test('install places list and hook, a second run changes nothing, uninstall leaves the root as it was', () => {
  const { root, install } = prepare();
  const before = listing(root);
  assert.is(install().exitCode, 0);
  assert.match(
    readFileSync(join(root, 'usr/lib/modprobe.d/macveil-blocklist.conf'), 'utf8'),
    'install e1000 /bin/false',
  );
  const installed = listing(root);
  assert.match(install().stdout, 'nothing to change');
  assert.equal(listing(root), installed);
  assert.is(macveil('uninstall', '--root', root).exitCode, 0);
  assert.equal(listing(root), before);
});

test('install leaves the sum of a modules.dep that holds nothing new, and none of another one', () => {
  const { root, kernel, install } = prepare();
  const sums = join(root, 'usr/lib/macveil/modules.crc32');
  writeFileSync(join(kernel, 'modules.dep'), 'kernel/e1000.ko:\n');
  install();
  assert.is(readFileSync(sums, 'utf8'), `bd95d043 ${basename(kernel)}\n`);
  writeFileSync(join(kernel, 'modules.dep'), 'kernel/e1000.ko:\nextra/gone.ko:\n');
  install();
  assert.is(readFileSync(sums, 'utf8'), '');
});

for (const [program, command] of [
  ['usr/sbin/update-initramfs', 'update-initramfs -u -k all'],
  ['usr/bin/dracut', 'dracut --force --regenerate-all'],
] as const) {
  test(`install says what makes the initramfs, and which command makes it anew: ${basename(program)}`, () => {
    const { root, install } = prepare();
    writeFiles(root, { [program]: '' });
    const { stdout } = install();
    assert.match(stdout, `initramfs: ${basename(program)},`);
    assert.match(stdout, `chroot ${root} ${command}`);
  });
}

test('uninstall says that the initramfs still runs the hook', () => {
  const { root, install } = prepare();
  install();
  assert.match(
    macveil('uninstall', '--root', root).stdout,
    "still holds macveil's hook and blocklist, and runs them",
  );
});

test('a dry run shows what would change and changes nothing', () => {
  const { root, install } = prepare();
  const before = listing(root);
  assert.match(install('--dry-run').stdout, /new +\/usr\/lib\/macveil\/macveil-hook/);
  assert.equal(listing(root), before);
});

test('uninstalling where nothing is installed is no error', () => {
  const result = macveil('uninstall', '--root', prepare().root);
  assert.is(result.exitCode, 0);
  assert.match(result.stdout, 'nothing to remove');
});

test('uninstall keeps an edited file, names it and ends with exit code 1', () => {
  const { root, install } = prepare();
  install();
  writeFileSync(join(root, 'usr/lib/modprobe.d/macveil-blocklist.conf'), 'edited\n');
  const result = macveil('uninstall', '--root', root);
  assert.is(result.exitCode, 1);
  assert.match(result.stderr, 'macveil-blocklist.conf');
});

test('install follows the policy it is given, names it, and forgets it when it is run again without', () => {
  const { root, install } = prepare();
  assert.match(install('--allow', 'e1000').stdout, 'policy: allowed: e1000');
  assert.equal(policyOf(root)?.allow, ['e1000']);
  assert.is(install().exitCode, 0);
  assert.equal(policyOf(root)?.allow, []);
});

test('a driver that is built in is one error that names both ways out, and nothing is placed', () => {
  const { root, kernel, install } = prepare();
  writeFileSync(join(kernel, 'modules.builtin'), 'kernel/drivers/net/virtio_net.ko\n');
  const before = listing(root);
  const result = install();
  assertError(result, 3, /built into the kernel, .*virtio_net/);
  assert.match(result.stderr, /another kernel.*--accept-builtin virtio_net/);
  assert.equal(listing(root), before);
  assert.is(install('--accept-builtin', 'virtio_net').exitCode, 0);
});

test('a kernel whose built-in drivers cannot be known is installed for, named, and ends with exit code 1', () => {
  const { root, kernel, install } = prepare();
  rmSync(join(kernel, 'modules.builtin'));
  const result = install();
  assertError(result, 1, /6\.12\.0-test: built-in drivers may be missed: there is no modules\.builtin\n/);
  assert.match(result.stderr, 'install the kernel package again');
  assert.equal(policyOf(root)?.strict, false);
});

test('a policy that names what no kernel has is one error, and nothing is placed', () => {
  const { root, install } = prepare();
  const before = listing(root);
  assertError(install('--block', 'e10000'), 3, /no module e10000 .*\n.*e1000/);
  assertError(install('--accept-builtin', 'e1000'), 3, /no built-in driver e1000/);
  assert.equal(listing(root), before);
});

for (const command of ['install', 'uninstall', 'blocklist']) {
  test(`${command} with a missing root is one error of input`, () => {
    assertError(macveil(command, '--root', '/nonexistent/root'), 3, /\/nonexistent\/root does not exist/);
  });
}

test('a root without kernels is one error of input, and nothing is placed', () => {
  const { root, install } = prepare();
  rmSync(join(root, 'usr/lib/modules'), { recursive: true });
  const before = listing(root);
  assertError(install(), 3, /no kernel modules/);
  assert.equal(listing(root), before);
});

test('a root without an initramfs system is one error of input', () => {
  const { root, install } = prepare();
  rmSync(join(root, 'usr/sbin/mkinitramfs'));
  assertError(install(), 3, /no initramfs system/);
});

test('a missing hook is one error that names the command that builds it', () => {
  const { root } = prepare();
  const result = macveil('install', '--root', root, '--hook', '/nonexistent/hook');
  assertError(result, 3, /\/nonexistent\/hook does not exist/);
  assert.match(result.stderr, 'macveil compile');
});

test('a foreign file in the way is one error, and nothing is placed', () => {
  const { root, install } = prepare();
  writeFiles(root, { 'usr/lib/modprobe.d/macveil-blocklist.conf': 'of someone else\n' });
  const before = listing(root);
  assertError(install(), 3, /macveil-blocklist\.conf/);
  assert.equal(listing(root), before);
});

test('an unreadable module is blocked, named once, and ends with exit code 1', () => {
  const { root, kernel, install } = prepare();
  writeFileSync(join(kernel, 'kernel/broken.ko'), 'not a module');
  assertError(install(), 1, /unreadable module .*broken\.ko/);
  assert.match(
    readFileSync(join(root, 'usr/lib/modprobe.d/macveil-blocklist.conf'), 'utf8'),
    'install broken /bin/false',
  );
});

test('asking for a rebuild in a root that cannot make an initramfs is one error, and nothing is placed', () => {
  const { root, install } = prepare();
  const before = listing(root);
  assertError(
    install('--update-initramfs'),
    4,
    /has no program that makes an initramfs \(update-initramfs, dracut, mkinitcpio\)/,
  );
  assert.equal(listing(root), before);
});

const problem = mountProblem();
if (problem) {
  skipTest(test, 'full and read-only disks', problem);
} else {
  test('a full disk is one error of writing, and the root is as it was', () => {
    const { root, install } = prepare(mountDisk(join(scratch(), 'disk'), '256k'), 300_000);
    const before = listing(root);
    assertError(install(), 5, /the disk is full; .* was left as it was/);
    assert.equal(listing(root), before);
  });

  test('the same root on a disk with room takes the installation', () => {
    const { root, install } = prepare(mountDisk(join(scratch(), 'disk'), '2m'), 300_000);
    assert.is(install().exitCode, 0);
    assert.ok(existsSync(join(root, 'usr/lib/macveil/installed.json')));
  });

  test('a read-only disk is one error of writing', () => {
    const disk = mountDisk(join(scratch(), 'disk'), '2m');
    const { install } = prepare(disk);
    makeReadOnly(disk);
    assertError(install(), 5, /the file system is read-only/);
  });
}

test.run();
