import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareFolders, formatSums } from '../../../build/reproduce/compare.mjs';
import { runStep } from '../../../build/reproduce/run.mjs';
import { scratch, writeFiles } from '../../install/fixture.ts';

test('two builds that are the same give a list that sha256sum accepts', () => {
  const [first, second] = twoFolders({ 'a.tgz': 'one', hook: 'two' }, { 'a.tgz': 'one', hook: 'two' });
  const { sums, differences } = compareFolders(first, second);
  assert.equal(differences, []);
  assert.is(execaSync('sha256sum', ['-c', '-'], { cwd: first, input: formatSums(sums) }).exitCode, 0);
});

test('a planted difference is found, with its place and size', () => {
  const [first, second] = twoFolders({ hook: 'abcdefgh', same: 'x' }, { hook: 'abcXefYh', same: 'x' });
  const { sums, differences } = compareFolders(first, second);
  assert.equal(
    sums.map(({ name }) => name),
    ['same'],
  );
  assert.equal(differences, [{ name: 'hook', where: 'first at offset 3, 2 bytes differ; 8 bytes' }]);
});

test('a file that goes on longer differs where the other ends', () => {
  const [first, second] = twoFolders({ deb: 'abc' }, { deb: 'abcde' });
  const [difference] = compareFolders(first, second).differences;
  assert.is(difference?.where, 'first at offset 3, 2 bytes differ; 3 and 5 bytes');
});

test('a file that only one build made is a difference', () => {
  const [first, second] = twoFolders({ deb: '' }, { other: '' });
  assert.equal(compareFolders(first, second).differences, [
    { name: 'deb', where: 'only in the first build' },
    { name: 'other', where: 'only in the second build' },
  ]);
});

test('a step sees the umask and the environment of its site, and no other', async () => {
  const site = siteWith({ TZ: 'Pacific/Kiritimati' });
  const script = 'umask; echo "$TZ"; test -z "$HOME" && echo no home';
  assert.is(await runStep(site, ['sh', '-c', script]), '0077\nPacific/Kiritimati\nno home');
});

test('a step that fails is an error with its output, unless its exit code is expected', async () => {
  const command = ['sh', '-c', 'echo no; exit 3'];
  assert.match(await failureOf(command), /exit code 3\)\nno/);
  assert.is(await runStep(siteWith({}), command, [0, 3]), 'no');
  assert.match(await failureOf(['macveil-no-such-program']), /failed in .* \(exit code 127\)/);
});

function siteWith(env: Record<string, string>) {
  return { directory: scratch(), umask: '0077', env: { PATH: process.env.PATH, ...env } };
}

function failureOf(command: string[]): Promise<string> {
  return runStep(siteWith({}), command).then(
    () => 'it did not fail',
    (error) => error.message,
  );
}

function twoFolders(...contents: Record<string, string>[]): [string, string] {
  const directory = scratch();
  const folders = contents.map((files, index) => {
    const folder = join(directory, String(index));
    mkdirSync(folder);
    writeFiles(folder, files);
    return folder;
  });
  return folders as [string, string];
}

test.run();
