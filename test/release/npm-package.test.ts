// needs: macveil-hook
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hookBundleOptions } from '../../src/compile/bundle.ts';
import { DEFAULT_HOOK_POLICY } from '../../src/core/hook-policy.ts';
import { note } from '../note.ts';
import { packDry, strayFiles } from './npm-package.ts';

/** Twice what it was when it was first made: whatever makes it grow so is a mistake, or worth a look. */
const LIMIT_BYTES = 1_300_000;
const PATTERNS = readFileSync('test/release/npm-files.txt', 'utf8').trim().split('\n');
const packed = packDry();
const paths = packed.files.map(({ path }) => path);

test('the npm package holds what the list of patterns names, and nothing else', () => {
  assert.equal(strayFiles(paths, PATTERNS), []);
});

test('a stray file and a missing one are found', () => {
  assert.equal(strayFiles([...paths, 'test/stray.ts'], PATTERNS), ['stray: test/stray.ts']);
  const without = paths.filter((path) => path !== 'dist/macveil-hook');
  assert.equal(strayFiles(without, PATTERNS), ['missing: dist/macveil-hook']);
});

test('of src it holds exactly what the hook is compiled from', async () => {
  const entry = 'src/hook/main-quickjs.ts';
  const { metafile } = await build({ ...hookBundleOptions(entry, DEFAULT_HOOK_POLICY), metafile: true });
  const compiled = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/'));
  assert.ok(compiled.includes(entry));
  assert.equal(
    paths.filter((path) => path.startsWith('src/')),
    compiled.sort(),
  );
});

test('it holds every file of hooks/ and of build/quickjs/', () => {
  for (const folder of ['hooks', 'build/quickjs']) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    assert.ok(files.length > 0);
    for (const { parentPath, name } of files) assert.ok(paths.includes(join(parentPath, name)), name);
  }
});

test('it stays small', () => {
  note(`npm package: ${paths.length} files, ${packed.size} bytes, unpacked ${packed.unpackedSize}`);
  assert.ok(packed.size < LIMIT_BYTES, `${packed.size} bytes, more than ${LIMIT_BYTES}`);
});

test('npm installs every man page, since npm asks for a list of them', () => {
  const { man } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.equal(
    man,
    readdirSync('man')
      .sort()
      .map((name) => join('man', name)),
  );
});

test('only what cannot be bundled is a dependency of who installs it', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.equal(Object.keys(dependencies), ['esbuild']);
});

test.run();
