import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hidesModules } from '../../src/check/kmod.ts';
import { BLOCKLIST, HOOK } from '../../src/paths.ts';
import { errorLines, macveil } from '../cli/run.ts';
import { scratch } from '../install/fixture.ts';
import { mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';
import { copyImage, makeImage, packInitrd, RELEASE } from './made-image.ts';
import { withFiles } from './with-files.ts';

const image = makeImage();
const initrd = packInitrd(image);
const ARGUMENTS = ['check', '--root', image.root, '--initrd', initrd];
const OPEN = { [BLOCKLIST.slice(1)]: '' };

test('a proven image ends with code 0 and one line, and one more says whose kmod was not asked', () => {
  const { exitCode, stdout, stderr } = macveil(...ARGUMENTS);
  assert.equal([exitCode, stderr], [0, '']);
  assert.match(
    stdout,
    /^the image's own kmod was not asked: the image has none\nproven: 1 blocked modules and 2 aliases and symbols tried in \d+ ways with kmod [^\n]+\n$/,
  );
});

test('an initrd in /boot is found without being named', () =>
  withFiles(image.root, { [`boot/initrd.img-${RELEASE}`]: readFileSync(initrd) }, () => {
    const { exitCode, stdout } = macveil('check', '--root', image.root);
    assert.is(exitCode, 0, stdout);
    assert.match(stdout, 'in the root and 1 initrd');
  }));

test('an image may have several initrds', () => {
  const { exitCode, stdout } = macveil(...ARGUMENTS, '--initrd', packInitrd(image));
  assert.is(exitCode, 0, stdout);
  assert.match(stdout, 'in the root and 2 initrds');
});

test('with --host-kmod the result says that nothing of the image was run', () => {
  const { exitCode, stdout } = macveil(...ARGUMENTS, '--host-kmod');
  assert.is(exitCode, 0);
  assert.match(stdout, "the image's own kmod was not asked: only this host's was to be asked\n");
});

test('who may not read a file hears of reading, and that root may', () => {
  const copy = copyImage(image);
  const program = join(copy.root, 'macveil.mjs');
  copyFileSync('dist/macveil.mjs', program);
  chmodSync(dirname(copy.root), 0o755);
  chmodSync(join(copy.root, HOOK), 0);
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const call = [program, 'check', '--root', copy.root];
  const run = spawnSync(process.execPath, call, { cwd: '/', encoding: 'utf8', ...nobody });
  assert.is(run.status, 5, run.stderr);
  assert.match(run.stderr, /macveil-hook: permission denied\n {2}hint: run the command as root \(sudo\)\n/);
});

test('findings decide the exit code, and --json holds them all', () =>
  withFiles(image.root, OPEN, () => {
    const { exitCode, stdout } = macveil(...ARGUMENTS, '--json');
    const result = JSON.parse(stdout);
    assert.is(exitCode, 10);
    assert.equal(Object.keys(result), [
      'version',
      'root',
      'initrds',
      'kmod',
      'kmodNotAsked',
      'counts',
      'findings',
    ]);
    assert.equal(
      result.findings.map(({ kind }: { kind: string }) => kind),
      ['list', 'initrd-list', 'loading'],
    );
  }));

test('an initrd that is missing or is none is one error of input', () => {
  for (const file of ['/nonexistent/initrd', join(process.cwd(), 'package.json')]) {
    const result = macveil('check', '--root', image.root, '--initrd', file);
    assert.is(result.exitCode, 3);
    assert.is(errorLines(result).length, 1);
  }
});

test('only modprobe.blacklist on a command line keeps modprobe from a module', () => {
  assert.ok(hidesModules('quiet modprobe.blacklist=e1000 x=1'));
  assert.not.ok(hidesModules('quiet e1000.debug=1 module_blacklist=e1000'));
});

const problem = mountProblem();
if (problem) skipTest(test, 'what this host has loaded and its command line change nothing', problem);
else
  test('what this host has loaded and its command line change nothing', () =>
    withFiles(image.root, OPEN, () => {
      const usual = macveil(...ARGUMENTS, '--json').stdout;
      assert.match(usual, 'e1000 loads by name');
      assert.is(onOtherHost('exec node dist/macveil.mjs "$@"', [...ARGUMENTS, '--json']), usual);
      // The control: without macveil's care this host's modprobe finds the driver neither by name nor by alias.
      const plain = `modprobe -n -v -a -C /nonexistent -S ${RELEASE} -d "$1" e1000 pci:v00008086d0000100Esv0`;
      assert.is(onOtherHost(plain, [image.root]), '');
      assert.match(onOtherHost(plain.replace('-n -v', '-D'), [image.root]), /^insmod .*e1000\.ko/);
    }));

/** Runs a shell command on a host that has e1000 loaded and hides it by its command line. */
function onOtherHost(command: string, args: string[]): string {
  const cmdline = join(scratch(), 'cmdline');
  writeFileSync(cmdline, 'quiet modprobe.blacklist=e1000\n');
  const script = [
    `mount --bind ${cmdline} /proc/cmdline`,
    'mount -t tmpfs none /sys',
    'mkdir -p /sys/module/e1000',
    'echo live > /sys/module/e1000/initstate',
    command,
  ].join('\n');
  const run = spawnSync('unshare', ['--mount', 'sh', '-euc', script, 'sh', ...args], { encoding: 'utf8' });
  if (run.error) throw run.error;
  return run.stdout;
}

test.run();
