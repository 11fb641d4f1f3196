import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { parseManifest } from '../../src/core/manifest.ts';
import { root, run, runIn, virtual } from './blocklist-fixture.ts';
import { buildModule } from './build-module.ts';
import { withRoot } from './make-root.ts';

test('the list goes to standard output and the summary to standard error, without colours in a pipe', () =>
  withRoot(root, (directory) => {
    const { stdout, stderr, exitCode } = run('--root', directory);
    assert.is(exitCode, EXIT.ok);
    assert.match(stdout, /^install e1000 \/bin\/false$/m);
    assert.is(stderr, '6.1.0: 2 modules read, 1 blocked\n  hardware            1  blocked\n');
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

test('--strict blocks a module that makes interfaces without hardware, and the summary says so', () =>
  withRoot(virtual, (directory) => {
    assert.not.match(run('--root', directory).stdout, 'bridge');
    const { stdout, stderr, exitCode } = run('--root', directory, '--strict');
    assert.is(exitCode, EXIT.ok);
    assert.match(stdout, /^install bridge \/bin\/false$/m);
    assert.match(stderr, /^policy: strict$/m);
  }));

test('--allow lets a module load even under --strict, with a warning', () =>
  withRoot(virtual, (directory) => {
    const { stdout, stderr } = run('--root', directory, '--strict', '--allow', 'bridge');
    assert.not.match(stdout, 'bridge');
    assert.match(stderr, /^policy: strict; allowed: bridge$/m);
    assert.match(stderr, /warning: bridge is allowed by name/);
  }));

test('--block takes any module, --class a whole class, and both may stand several times', () =>
  withRoot(virtual, (directory) => {
    const names = ['--block', 'ext4', '--block', 'e1000'];
    const classes = ['--class', 'virtual=block', '--class', 'media=block'];
    const { stdout, stderr } = run('--root', directory, ...names, ...classes);
    for (const name of ['ext4', 'e1000', 'bridge']) assert.match(stdout, `blacklist ${name}\n`);
    assert.match(stderr, /^ {2}chosen +1 {2}blocked$/m);
  }));

test('the manifest tells the choices it was made with', () =>
  withRoot(virtual, (directory) => {
    const path = join(directory, 'manifest.json');
    run('--root', directory, '--manifest', path, '--strict', '--block', 'ext4', '--class', 'media=block');
    const manifest = parseManifest(readFileSync(path, 'utf8'));
    const classes = { media: 'block' };
    assert.equal(manifest?.policy, { strict: true, allow: [], block: ['ext4'], classes, acceptBuiltin: [] });
    assert.equal(manifest?.kernels[0]?.others, []);
  }));

for (const option of ['--allow', '--block']) {
  test(`${option} of a module that no kernel has ends as wrong input, with the name that was meant`, () =>
    withRoot(root, (directory) => {
      const { exitCode, stdout, stderr } = run('--root', directory, option, 'e100');
      assert.equal([exitCode, stdout], [EXIT.input, '']);
      assert.match(stderr, /no module e100 in 6\.1\.0\n.*did you mean e1000\?/);
    }));
}

const WRONG: [string[], RegExp][] = [
  [['--class', 'wifi=block'], /--class: wifi is an unknown class\n.*hardware, client/],
  [['--class', 'media'], /--class: "media" is no choice/],
  [['--class', 'media=block', '--class', 'media=allow'], /media is both blocked and allowed/],
  [['--class', 'unreadable=allow'], /cannot be changed/],
  [['--allow', 'e1000', '--block', 'e1000'], /e1000 is both allowed \(--allow\) and blocked \(--block\)/],
  [['--allow', ''], /--allow has no value/],
  [['--config', 'a.ts', '--no-config'], /contradict each other/],
];

for (const [args, message] of WRONG) {
  test(`wrong choices are an error of usage before anything is read: ${args.join(' ')}`, () => {
    const { exitCode, stderr } = run('--root', '/nonexistent', ...args);
    assert.is(exitCode, EXIT.usage);
    assert.match(stderr, message);
  });
}

const CONFIG =
  "import { defineConfig } from 'macveil';\nexport default defineConfig({ strict: true, block: ['ext4'] });\n";

test('a configuration of the current folder counts, together with the command line', () =>
  withRoot({ ...virtual, 'macveil.config.ts': CONFIG }, (directory) => {
    const { stderr } = runIn(directory, '--root', '.', '--class', 'media=block');
    assert.match(stderr, /^policy: strict; blocked: ext4; classes: media=block$/m);
  }));

test('--no-config leaves it out, and --config takes one of another place', () =>
  withRoot({ ...virtual, 'macveil.config.ts': CONFIG }, (directory) => {
    assert.not.match(runIn(directory, '--root', '.', '--no-config').stderr, 'policy');
    assert.match(
      run('--root', directory, '--config', join(directory, 'macveil.config.ts')).stderr,
      'policy: strict',
    );
  }));

test('a contradiction names the configuration and the option', () =>
  withRoot({ ...virtual, 'macveil.config.ts': CONFIG }, (directory) => {
    const { exitCode, stderr } = runIn(directory, '--root', '.', '--allow', 'ext4');
    assert.is(exitCode, EXIT.usage);
    assert.match(stderr, /\(--allow\) and blocked \(block in .*macveil\.config\.ts\)/);
  }));

test('what a configuration prints does not get into the list', () =>
  withRoot({ ...root, 'macveil.config.mjs': "console.log('blah');\nexport default {};\n" }, (directory) => {
    const { stdout, stderr } = runIn(directory, '--root', '.');
    assert.not.match(stdout, 'blah');
    assert.match(stderr, 'blah');
  }));

test('a configuration that ends the program ends it as wrong input, without a list', () =>
  withRoot({ ...root, 'macveil.config.mjs': 'process.exit(0);\n' }, (directory) => {
    const { exitCode, stdout } = runIn(directory, '--root', '.');
    assert.equal([exitCode, stdout], [EXIT.input, '']);
  }));

test.run();
