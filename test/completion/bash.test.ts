import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatCompletion, optionsIn } from '../../build/completion/format.ts';

const FILE = 'completions/bash/macveil';
const SCRIPT = `. "$1" && declare -F _macveil >/dev/null || exit 1
shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _macveil
[ "\${#COMPREPLY[@]}" = 0 ] || printf '%s\\n' "\${COMPREPLY[@]}"`;

/** What real bash offers for the last of these words. */
function complete(words: string[], file = FILE): string[] {
  const { stdout } = execaSync('bash', ['-c', SCRIPT, 'bash', file, 'macveil', ...words]);
  return stdout.split('\n').filter((line) => line !== '');
}

const TABLE: [string[], string[]][] = [
  [['un'], ['uninstall']],
  [['--v'], ['--version']],
  [['install', '--up'], ['--update-initramfs']],
  [['uninstall', '--dry'], []],
  [
    ['menu', '--loader', 'grub'],
    ['grub', 'grub-mkconfig'],
  ],
  [['menu', '--language', 'd'], ['de']],
  [
    ['prove', '--decision', ''],
    ['spoof', 'keep', 'ask', 'offline'],
  ],
  [['prove', '--decision', '=', 'ke'], ['keep']],
  [
    ['compile', '--guard', '='],
    ['wanted', 'required'],
  ],
  [['prove', '--nics', 'e1000,rtl'], ['e1000,rtl8139']],
  [['check', '--root', 'src/cl'], ['src/cli']],
  [['check', '--root', 'package.j'], []],
  [['check', '--initrd', 'package.j'], ['package.json']],
  [['menu', 'package.j'], ['package.json']],
  [['nonsense', '--r'], []],
];

for (const [words, expected] of TABLE) {
  test(`bash completes "macveil ${words.join(' ')}"`, () => {
    assert.equal(complete(words).sort(), [...expected].sort());
  });
}

test('the file in the repository is what the parser gives', async () => {
  assert.is(readFileSync(FILE, 'utf8'), await formatCompletion(), 'run node build/completion.mjs');
});

test('an option that the help shows without a type is refused', () => {
  assert.throws(() => optionsIn('\nOptions:\n  --new  Something\n\n'), '--new has no type');
});

test('a file that defines no completion is found', () => {
  assert.throws(() => complete(['un'], '/dev/null'), /exit code 1/);
});

test('a file that lacks a command is found', () => {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-completion-'));
  const file = join(directory, 'macveil');
  writeFileSync(file, readFileSync(FILE, 'utf8').replaceAll('uninstall', 'other'));
  assert.equal(complete(['un'], file), []);
  rmSync(directory, { recursive: true });
});

test('shellcheck has nothing to say of it', () => {
  assert.is(execaSync('shellcheck', ['-s', 'bash', FILE]).exitCode, 0);
  const input = '#!/bin/bash\nfor x in $(ls); do echo $x; done\n';
  assert.is(execaSync('shellcheck', ['-'], { input, reject: false }).exitCode, 1);
});

test.run();
