import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scratch, writeFiles } from '../install/fixture.ts';

test('files of a package get modes that no umask decides, and files beside it keep theirs', () => {
  const directory = scratch();
  const script = join(directory, 'build/package-modes.mjs');
  mkdirSync(join(directory, 'build'));
  copyFileSync('build/package-modes.mjs', script);
  const json = JSON.stringify({ name: 'small', version: '1.0.0', files: ['data', 'program'] });
  writeFiles(directory, { 'package.json': json, data: '', program: '', beside: '' });
  for (const [name, mode] of Object.entries({
    'package.json': 0o644,
    data: 0o600,
    program: 0o700,
    beside: 0o640,
  }))
    chmodSync(join(directory, name), mode);
  assert.equal(packedModes(directory), { data: 0o600, program: 0o700, 'package.json': 0o644 });
  execaSync(process.execPath, [script]);
  assert.equal(packedModes(directory), { data: 0o644, program: 0o755, 'package.json': 0o644 });
  assert.is(execaSync('stat', ['-c', '%a', join(directory, 'beside')]).stdout, '640');
});

/** The modes that npm would put into the package as it is. */
function packedModes(cwd: string): Record<string, number> {
  const { stdout } = execaSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd });
  const [{ files }]: [{ files: { path: string; mode: number }[] }] = JSON.parse(stdout);
  return Object.fromEntries(files.map(({ path, mode }) => [path, mode]));
}

test.run();
