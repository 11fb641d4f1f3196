import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runTool } from '../../build/lint/tools.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'macveil-lint-'));
test.after(() => rmSync(scratch, { recursive: true }));

test('a checker that is not installed is a problem that says how to get it', () => {
  assert.match(runTool('macveil-no-such-checker', [], 'install it so').join(), 'install it so');
});

test('a checker that is content has no problems', () => {
  assert.equal(runTool('true', [], ''), []);
});

test('a checker that fails without a word is a problem all the same', () => {
  assert.is(runTool('false', [], '').length, 1);
});

test('shellcheck finds an unquoted variable', () => {
  const file = write('bad.sh', '#!/bin/sh\nrm $1\n');
  assert.match(runTool('shellcheck', [file], '').join(), 'SC2086');
});

test('tsc, with the options of this project, finds a type error', () => {
  const file = write('bad.ts', 'export const x: number = [1][0];\n');
  const config = write(
    'tsconfig.json',
    JSON.stringify({
      extends: join(process.cwd(), 'tsconfig.json'),
      include: [file],
      compilerOptions: { types: [] },
    }),
  );
  assert.match(
    runTool(join(process.cwd(), 'node_modules/.bin/tsc'), ['--project', config], '').join(),
    'TS2322',
  );
});

test('biome, with the options of this project, finds bad formatting', () => {
  write('biome.json', JSON.stringify({ root: true, extends: [join(process.cwd(), 'biome.json')] }));
  const file = write('bad.mjs', 'export const x = "double"\n');
  const args = ['ci', '--colors=off', `--config-path=${scratch}`, file];
  assert.match(runTool(join(process.cwd(), 'node_modules/.bin/biome'), args, '').join(), 'bad.mjs format');
});

function write(name: string, text: string): string {
  const file = join(scratch, name);
  writeFileSync(file, text);
  return file;
}

test('the linters take no arguments', () => {
  const { status, stderr } = spawnSync('node', ['build/lint.mjs', 'src'], { encoding: 'utf8' });
  assert.is(status, 2);
  assert.match(stderr, 'unknown argument src');
});

test.run();
