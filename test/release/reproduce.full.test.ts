// needs: demo-image
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { baseKey } from '../../build/image/base.mjs';
import { scratch } from '../install/fixture.ts';
import { note } from '../note.ts';

const LIMIT_MS = 1_200_000;
const PRODUCTS = [
  /^macveil-hook$/,
  /^macveil\.mjs$/,
  /^macveil$/,
  /^macveil-[0-9.]+\.tgz$/,
  /^macveil(-hook)?\.cdx\.json$/,
  /^blocklist\.conf$/,
  /^manifest\.json$/,
];
/** Puts the folder of the build into the bundle. */
const PLANTED = 'CLI_OPTIONS.banner.js += process.cwd().replace(/^/, "\\n// ");';
const MODES = 'build/package-modes.mjs';

test('two builds far apart give the same bytes, and one checksum list', () => {
  const output = join(scratch(), 'release');
  const start = performance.now();
  const root = `.cache/image/root-${baseKey()}`;
  const result = reproduce(process.cwd(), '--root', root, '--output', output);
  assert.is(result.exitCode, 0, result.stderr);
  const names = result.stdout.split('\n').map((line) => line.split('  ')[1] ?? '');
  for (const product of PRODUCTS)
    assert.ok(
      names.some((name) => product.test(name)),
      String(product),
    );
  assert.is(execaSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: output }).exitCode, 0);
  assert.is(readFileSync(join(output, 'SHA256SUMS'), 'utf8').trim(), result.stdout);
  assert.equal(readdirSync(output).sort(), [...names, 'SHA256SUMS'].sort());
  note(`${result.stdout}\n${result.stderr}\n${((performance.now() - start) / 1000).toFixed(0)} s together`);
});

test('a path and a mode that get into the products are found and named', () => {
  const clone = plantedClone();
  const result = reproduce(clone);
  assert.is(result.exitCode, 1, result.stderr);
  assert.match(result.stderr, /^DIFFERS: macveil\.mjs: first at offset \d+, \d+ bytes differ/m);
  assert.match(result.stderr, /^DIFFERS: macveil-[0-9.]+\.tgz: /m);
  assert.match(result.stderr, /^not compared: blocklist\.conf/m);
  assert.match(result.stdout, / {2}macveil-hook$/m);
  assert.not.match(result.stdout, / {2}macveil\.mjs$/m);
});

/** A clone of this commit, with one more that makes the build depend on where it is done. */
function plantedClone(): string {
  const clone = join(scratch(), 'clone');
  const git = (...args: string[]) => execaSync('git', args, { cwd: clone });
  execaSync('git', ['clone', '--quiet', '.', clone]);
  execaSync('cp', ['-a', 'node_modules', clone]);
  execaSync('mkdir', ['-p', join(clone, '.cache/quickjs')]);
  execaSync('sh', ['-c', `cp -a .cache/quickjs/2* "$0"`, join(clone, '.cache/quickjs')]);
  const bundle = join(clone, 'build/bundle.mjs');
  const text = readFileSync(bundle, 'utf8');
  writeFileSync(bundle, text.replace('\nif (isMain', `\n${PLANTED}\nif (isMain`));
  writeFileSync(join(clone, MODES), '// planted: leaves the modes as they are\n');
  git('-c', 'user.name=test', '-c', 'user.email=test@invalid', 'commit', '--quiet', '--all', '-m', 'planted');
  return clone;
}

function reproduce(directory: string, ...args: string[]) {
  const program = join(directory, 'build/reproduce.mjs');
  return execaSync(process.execPath, [program, ...args], { reject: false, timeout: LIMIT_MS });
}

test.run();
