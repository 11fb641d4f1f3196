import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { copyright, licences } from '../../../build/packages/copyright.mjs';

const bundle = readFileSync('dist/macveil.mjs', 'utf8');

test('every package in the bundle of the command line is named with its licence, and the text is there', () => {
  const text = copyright('', bundle);
  for (const name of ['execa', 'kleur', 'valibot', 'yargs']) {
    const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
    assert.match(text, `\n ${name} ${version} (${license})`);
    assert.match(licences(bundle), `${name} ${version}\n\n`);
  }
  assert.match(licences(bundle), 'Permission is hereby granted');
});

test('a package inside of another one is named too', () => {
  const folder = 'node_modules/npm-run-path/node_modules/path-key';
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  assert.match(copyright('', `// ${folder}/index.js\n`), `\n path-key ${version} (MIT)`);
});

test('what is on the build machine and not in the bundle is not named', () => {
  assert.not.match(copyright('', bundle), 'esbuild');
});

test('a bundle that names no package is refused', () => {
  assert.throws(() => copyright('', '// src/cli/main.ts\n'), /names no folder/);
});

test.run();
