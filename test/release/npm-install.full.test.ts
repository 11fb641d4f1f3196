// needs: macveil-hook
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FINDING_KINDS } from '../../src/check/finding.ts';
import { EXIT } from '../../src/cli/errors.ts';
import { addKernel, macveil } from '../cli/run.ts';
import { listing, makeRoot, scratch, writeFiles } from '../install/fixture.ts';
import { note } from '../note.ts';
import { type NpmPackage, packDry } from './npm-package.ts';

const GRUB = `menuentry 'Live system' {
  linux /live/vmlinuz boot=live
  initrd /live/initrd.img
}
`;
const folder = scratch();

test('npm pack builds what must be there and packs what npm pack --dry-run lists', () => {
  const { stdout } = execaSync('npm', ['pack', '--json', '--pack-destination', folder], { stderr: 'ignore' });
  const [packed]: NpmPackage[] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  assert.ok(packed);
  assert.equal(
    packed.files.map(({ path }) => path),
    packDry().files.map(({ path }) => path),
  );
  for (const { path, mode } of packed.files) assert.is([0o644, 0o755].includes(mode), true, path);
});

test('it is installed into an empty folder without install scripts', () => {
  const [name = ''] = execaSync('ls', [folder]).stdout.split('\n');
  writeFiles(folder, { 'package.json': '{}' });
  const args = ['install', `./${name}`, '--ignore-scripts', '--prefer-offline'];
  assert.is(execaSync('npm', args, { cwd: folder }).exitCode, 0);
  assert.is(npx('--version').stdout, JSON.parse(readFileSync('package.json', 'utf8')).version);
  const installed = execaSync('du', ['-sk', 'node_modules'], { cwd: folder }).stdout;
  note(`installed with npm: ${installed.split('\t')[0]} KiB, esbuild included`);
});

test('its install puts the same into a root as that of the working copy, links too', () => {
  const mine = fixtureRoot('mine');
  const ours = fixtureRoot('ours');
  const result = npx('install', '--root', ours, '--no-cache');
  assert.is(result.exitCode, EXIT.ok, result.stderr);
  assert.is(macveil('install', '--root', mine, '--no-cache').exitCode, EXIT.ok);
  assert.equal(withoutTimes(ours), withoutTimes(mine));
  assert.ok(withoutTimes(ours).some((line) => line.includes('.wants/macveil-verify.service link')));
});

test('blocklist, menu and check do what they do in the working copy', () => {
  const root = fixtureRoot('looked-at');
  const list = npx('blocklist', '--root', root, '--no-cache');
  assert.match(list.stdout, /^blacklist e1000$/m);
  assert.is(list.exitCode, EXIT.ok, list.stderr);
  const grub = join(folder, 'grub.cfg');
  writeFiles(folder, { 'grub.cfg': GRUB });
  const menu = npx('menu', grub);
  assert.is(menu.exitCode, EXIT.ok, menu.stderr);
  assert.match(readFileSync(grub, 'utf8'), 'macveil=offline');
  assert.is(npx('install', '--root', root, '--no-cache').exitCode, EXIT.ok);
  const hook = join(root, 'usr/lib/macveil/macveil-hook');
  chmodSync(hook, 0o644);
  const checked = npx('check', '--root', root);
  assert.is(checked.exitCode, FINDING_KINDS.hook.exitCode, checked.stderr);
});

test('its compile makes the hook that the package holds, bit for bit', () => {
  const source = '.cache/quickjs/2025-04-26';
  const home = join(folder, 'node_modules/macveil');
  // What was fetched once need not be fetched again.
  mkdirSync(join(home, '.cache/quickjs'), { recursive: true });
  if (existsSync(source)) execaSync('cp', ['-a', source, join(home, source)]);
  const result = npx('compile', '--output', join(folder, 'hook'));
  assert.is(result.exitCode, EXIT.ok, result.stderr);
  assert.is(statSync(join(folder, 'hook')).mode & 0o777, 0o755);
  assert.ok(readFileSync(join(folder, 'hook')).equals(readFileSync(join(home, 'dist/macveil-hook'))));
});

function npx(...args: string[]) {
  return execaSync('npx', ['--no-install', 'macveil', ...args], { cwd: folder, reject: false });
}

function fixtureRoot(name: string): string {
  const root = makeRoot(join(scratch(), name));
  mkdirSync(join(root, 'usr/lib/systemd/system'), { recursive: true });
  addKernel(root);
  return root;
}

function withoutTimes(root: string): string[] {
  return listing(root).map((line) => line.replace(/ [\d.]+$/, ''));
}

test.run();
