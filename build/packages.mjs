// Builds the two Debian packages into dist/: macveil-hook (what an image needs) and macveil (the command line).
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { CLI_BUNDLE } from './bundle.mjs';
import { BuildError } from './image/build-error.mjs';
import { remove } from './image/workspace.mjs';
import { isMain } from './lib/main.mjs';
import { changelog } from './packages/changelog.mjs';
import { copyright, licences } from './packages/copyright.mjs';
import { record } from './packages/record.mjs';

const CACHE = '.cache/packages';
const HOOK = 'dist/macveil-hook';
/** By it `macveil install` and `check` know what is dpkg's (src/paths.ts). */
const PACKAGED = 'usr/lib/macveil/packaged.json';
const DEBIAN = 'build/debian';
/** What no Debian root has: an initrd that is a root of its own, and Arch Linux's mkinitcpio. */
const ELSEWHERE = ['initrd-tree', 'mkinitcpio'];
const HOOK_MANUALS = ['macveil-hook.8', 'macveil-boot-parameters.7'];

if (isMain(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  try {
    await main();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`packages: ${error.message}\n  ${error.hint}`);
    process.exitCode = 1;
  }
}

async function main() {
  const missing = [CLI_BUNDLE, HOOK].find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new BuildError(`${missing} is missing`, `run: node build/bundle.mjs && node ${CLI_BUNDLE} compile`);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const seconds = await sourceDate();
  // dpkg-buildpackage puts packages beside the folder it works in.
  const tree = join(CACHE, `macveil-${version}`);
  await remove(CACHE);
  makePayload(join(tree, 'payload'));
  makeDebian(join(tree, 'debian'), version, seconds);
  await build(tree, seconds);
  for (const name of readdirSync(CACHE).filter((file) => file.endsWith('.deb'))) {
    renameSync(join(CACHE, name), join('dist', name));
    console.log(`built dist/${name}`);
  }
}

/** The time that all files of a package get, in seconds: SOURCE_DATE_EPOCH, or that of the last commit. */
async function sourceDate() {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given === undefined) return Number((await execa('git', ['log', '-1', '--format=%ct'])).stdout);
  if (/^\d+$/.test(given)) return Number(given);
  throw new BuildError(`SOURCE_DATE_EPOCH=${given} is no time`, 'give seconds since 1970');
}

function makePayload(payload) {
  const hook = join(payload, 'macveil-hook');
  const home = join(payload, 'macveil/usr/share/macveil');
  for (const folder of [join(hook, 'usr/lib/macveil'), join(home, 'dist')])
    mkdirSync(folder, { recursive: true });
  cpSync(HOOK, join(hook, 'usr/lib/macveil/macveil-hook'));
  for (const folder of integrationFolders()) copyTree(folder, join(hook, basename(folder)));
  writeFileSync(join(hook, PACKAGED), record(hook));
  copyTree('hooks', join(home, 'hooks'));
  for (const name of ['package.json', 'dist/config.mjs']) cpSync(name, join(home, name));
  writeFileSync(join(home, CLI_BUNDLE), forDebian(readFileSync(CLI_BUNDLE, 'utf8')));
  setMode(join(home, CLI_BUNDLE));
  const completions = join(payload, 'macveil/usr/share/bash-completion/completions');
  mkdirSync(completions, { recursive: true });
  cpSync('completions/bash/macveil', join(completions, 'macveil'));
  for (const name of ['man', 'docs']) cpSync(name, join(payload, name), { recursive: true });
}

/** What each integration mirrors of a root; files beside these folders are notes (CONTRIBUTING.md). */
function integrationFolders() {
  const folders = (path) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const wanted = folders('hooks').filter(({ name }) => !ELSEWHERE.includes(name));
  return wanted.flatMap(({ name }) =>
    folders(join('hooks', name)).map((folder) => join('hooks', name, folder.name)),
  );
}

/** With the Node that the package depends on, whichever comes first in somebody's PATH. */
function forDebian(bundle) {
  return bundle.replace(/^#!.*/, '#!/usr/bin/node');
}

function copyTree(from, to) {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) setMode(join(entry.parentPath, entry.name));
}

// By its content, as `macveil install` does: what a checkout does to mode bits must not reach a package.
function setMode(path) {
  const start = readFileSync(path).subarray(0, 4).toString('latin1');
  chmodSync(path, start.startsWith('#!') || start === '\x7fELF' ? 0o755 : 0o644);
}

function makeDebian(debian, version, seconds) {
  const maintainer = 'macveil developers <developers@macveil.invalid>';
  copyTree(DEBIAN, debian);
  const control = join(debian, 'control');
  writeFileSync(control, readFileSync(control, 'utf8').replace('@MAINTAINER@', maintainer));
  writeFileSync(join(debian, 'changelog'), changelog(version, maintainer, seconds));
  const bundle = readFileSync(CLI_BUNDLE, 'utf8');
  writeFileSync(
    join(debian, 'copyright'),
    copyright(readFileSync(join(DEBIAN, 'copyright.head'), 'utf8'), bundle),
  );
  writeFileSync(join(debian, 'third-party-notices.txt'), licences(bundle));
  // What the manual pages refer to.
  const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
  writeFileSync(
    join(debian, 'macveil.docs'),
    ['debian/third-party-notices.txt', ...pages.map((name) => `payload/docs/${name}`)].join('\n'),
  );
  const others = readdirSync('man').filter((name) => !HOOK_MANUALS.includes(name));
  writeFileSync(join(debian, 'macveil.manpages'), others.map((name) => `payload/man/${name}\n`).join(''));
}

async function build(tree, seconds) {
  const result = await execa('dpkg-buildpackage', ['--build=binary', '--no-sign'], {
    cwd: tree,
    all: true,
    reject: false,
    env: { SOURCE_DATE_EPOCH: String(seconds), LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  if (!result.failed) return;
  if (result.code === 'ENOENT')
    throw new BuildError('dpkg-buildpackage is not installed', 'run: sh build/setup.sh');
  throw new BuildError(`dpkg-buildpackage failed:\n${result.all}`, 'repair that, then run this again');
}
