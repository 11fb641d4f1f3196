import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ALL_NIC_MODELS, MAX_NICS } from '../../src/prove/nics.ts';
import { QEMU } from '../../src/prove/qemu-arguments.ts';
import { errorLines, macveil } from '../cli/run.ts';
import { fakePrograms } from './fake-programs.ts';

const directory = mkdtempSync(join(tmpdir(), 'macveil-command-'));
const image = join(directory, 'image');
const bytes = Buffer.alloc(1024);
bytes.write('HdrS', 0x202);
writeFileSync(image, bytes);
test.after(() => rmSync(directory, { recursive: true }));

const cards = (count: number) => Array(count).fill('e1000').join(',');

const WRONG: { args: string[]; message: RegExp }[] = [
  { args: ['--decision', 'spoof', '--decision', 'keep'], message: /--decision is given 2 times/ },
  { args: ['--append', 'a', '--append', ''], message: /--append is given 2 times/ },
  { args: ['--decision', 'maybe'], message: /decision/ },
  { args: ['--nics', cards(MAX_NICS + 1)], message: /25 cards, and there is room for 24/ },
  { args: ['--nics', 'e1000,nosuch'], message: /unknown card "nosuch"\n.*e1000.*i82551/ },
  { args: ['--kernel', image], message: /--initrd is missing/ },
];

for (const { args, message } of WRONG) {
  test(`prove refuses ${args.join(' ').slice(0, 40)}`, () => {
    const result = macveil('prove', '--image', image, ...args);
    assert.is(result.exitCode, 2);
    assert.is(errorLines(result).length, 1);
    assert.match(result.stderr, message);
  });
}

test('as many cards as there is room for, and an empty --append, are no wrong arguments', () => {
  const args = ['--nics', cards(MAX_NICS), '--append', '', '--decision', 'ask', '--kernel', image];
  const result = macveil('prove', '--image', image, ...args, '--initrd', join(directory, 'missing'));
  assert.is(result.exitCode, 3);
  assert.match(result.stderr, /missing: no such file/);
});

test('the help says what the command does, which cards there are and every exit code', () => {
  const words = macveil('prove', '--help').stdout.replaceAll(/\s+/g, ' ');
  assert.match(words, 'Boot an image in QEMU and search every frame');
  for (const { name } of ALL_NIC_MODELS) assert.match(words, name);
  const codes = words.slice(words.indexOf('Exit codes:'));
  for (const code of [0, 1, 2, 3, 4, 5, 130]) assert.match(codes, new RegExp(`[:;] ${code} `));
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} ends prove with the shell's code for it`, async () => {
    const programs = fakePrograms({ [QEMU]: 'exec sleep 60' });
    const files = ['--kernel', image, '--initrd', image, '--image', image];
    const child = execa(
      process.execPath,
      ['dist/macveil.mjs', 'prove', ...files, '--evidence', join(directory, 'evidence')],
      { reject: false, env: { PATH: `${programs.path}:${process.env.PATH}` } },
    );
    child.stderr.once('data', () => child.kill(signal));
    assert.is((await child).exitCode, 128 + constants.signals[signal]);
    programs.remove();
  });
}

test.run();
