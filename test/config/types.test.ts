import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writeDeclarations } from '../../build/lib/declarations.mjs';
import { withRoot } from '../modules/make-root.ts';

const PACKAGE = JSON.stringify({
  name: 'macveil',
  type: 'module',
  exports: { '.': { types: './config.d.ts' } },
});
const config = (value: string) =>
  `import { defineConfig } from 'macveil';\nexport default defineConfig(${value});\n`;

const CASES: [string, string, RegExp | null][] = [
  ['what a configuration may say is taken', "{ strict: true, classes: { 'bluetooth-pan': 'allow' } }", null],
  ['a key that does not exist is an error', '{ alow: [] }', /'alow' does not exist in type 'MacveilConfig'/],
  ['a class that does not exist is an error', "{ classes: { wifi: 'block' } }", /'wifi' does not exist/],
  ['a text where a list belongs is an error', "{ block: 'ext4' }", /not assignable to type 'string\[\]'/],
];

const fileOf = (index: number) => `config${index}.ts`;

test('in an editor a configuration is checked', () =>
  withRoot(project(), (folder) => {
    writeDeclarations('src/config/config.ts', join(folder, 'node_modules/macveil'));
    const lines = typeErrors(folder);
    CASES.forEach(([title, , message], index) => {
      const found = lines.filter((line) => line.startsWith(`${fileOf(index)}(`)).join('\n');
      assert.match(found, message ?? /^$/, title);
    });
  }));

test('a source that is wrong makes no types but an error', () =>
  withRoot({}, (folder) => {
    writeFileSync(join(folder, 'wrong.ts'), 'export const n: number = "text";\n');
    assert.throws(() => writeDeclarations(join(folder, 'wrong.ts'), folder), /no types could be made/);
  }));

function project(): Record<string, string> {
  const files = CASES.map(([, value], index) => [fileOf(index), config(value)]);
  return { 'node_modules/macveil/package.json': PACKAGE, ...Object.fromEntries(files) };
}

function typeErrors(folder: string): string[] {
  const tsc = join(process.cwd(), 'node_modules/.bin/tsc');
  const args = ['--noEmit', '--strict', '--module', 'nodenext', ...CASES.map((_, index) => fileOf(index))];
  const run = spawnSync(tsc, args, { cwd: folder, encoding: 'utf8' });
  if (run.error) throw run.error;
  return run.stdout.split('\n');
}

test.run();
