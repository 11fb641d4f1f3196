import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { buildModule } from './build-module.ts';
import { withRoot } from './make-root.ts';

const root = {
  'lib/modules/6.1.0/kernel/e1000.ko': buildModule({
    imports: ['register_netdev'],
    modinfo: ['alias=pci:v8086d*'],
  }),
  'lib/modules/6.1.0/kernel/ext4.ko': buildModule(),
};

test('the list goes to standard output and the summary to standard error, without colours in a pipe', () =>
  withRoot(root, (directory) => {
    const { stdout, stderr, exitCode } = run('--root', directory);
    assert.is(exitCode, EXIT.ok);
    assert.match(stdout, /^install e1000 \/bin\/false$/m);
    assert.is(stderr, '6.1.0: 2 modules read, 1 blocked\n  hardware            1  blocked');
  }));

test('list and manifest are written where they are wanted, and nothing else is printed', () =>
  withRoot(root, (directory) => {
    const [list, manifest] = [join(directory, 'list.conf'), join(directory, 'manifest.json')];
    const { stdout } = run('--root', directory, '--output', list, '--manifest', manifest);
    assert.is(stdout, '');
    assert.match(readFileSync(list, 'utf8'), /^blacklist e1000$/m);
    assert.is(JSON.parse(readFileSync(manifest, 'utf8')).kernels[0].release, '6.1.0');
  }));

test('a module that cannot be read is blocked, named, and ends with exit code 1', () =>
  withRoot({ ...root, 'lib/modules/6.1.0/kernel/broken.ko': 'no module' }, (directory) => {
    const { stdout, stderr, exitCode } = run('--root', directory);
    assert.is(exitCode, EXIT.findings);
    assert.match(stdout, /^install broken \/bin\/false$/m);
    assert.match(stderr, /warning: kernel\/broken\.ko/);
  }));

test('--json prints every verdict with its reason', () =>
  withRoot(root, (directory) => {
    const [kernel] = JSON.parse(run('--root', directory, '--json').stdout).kernels;
    assert.is(kernel.modules[0].reason, 'drives devices of the pci bus');
  }));

test('--explain takes a name with dashes and says why the module is not blocked', () =>
  withRoot({ ...root, 'lib/modules/6.1.0/kernel/snd-hda.ko': buildModule() }, (directory) => {
    assert.match(
      run('--root', directory, '--explain', 'snd-hda').stdout,
      /^snd_hda .*\n {2}verdict {2}not blocked$/m,
    );
  }));

test('--explain of a module that is not there ends as wrong input', () =>
  withRoot(root, (directory) => {
    const { exitCode, stderr } = run('--root', directory, '--explain', 'nothing');
    assert.is(exitCode, EXIT.input);
    assert.match(stderr, /no module nothing in 6\.1\.0/);
  }));

test('an output that cannot be written is an error of writing, and the manifest is not written either', () =>
  withRoot(root, (directory) => {
    const manifest = join(directory, 'manifest.json');
    const output = join(directory, 'missing/list.conf');
    assert.is(run('--root', directory, '--manifest', manifest, '--output', output).exitCode, EXIT.io);
    assert.throws(() => readFileSync(manifest), /ENOENT/);
  }));

test('a root without kernels is one error and no list', () =>
  withRoot({ 'etc/hostname': '' }, (directory) => {
    const { exitCode, stdout, stderr } = run('--root', directory);
    assert.equal([exitCode, stdout], [EXIT.input, '']);
    assert.match(stderr, /no kernel modules under/);
  }));

function run(...args: string[]) {
  return execaSync('node', ['dist/macveil.mjs', 'blocklist', ...args], { reject: false, stdin: 'ignore' });
}

test.run();
