import { readFileSync } from 'node:fs';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { COMPLETION, completion } from '../../build/lib/completion.mjs';

/** Sources the file, and asks its function as bash does when Tab is pressed behind the last word. */
const ASK = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _macveil; printf '%s\\n' "\${COMPREPLY[@]}"`;

function complete(...words: string[]): string[] {
  const { stdout } = execaSync('bash', ['-euc', ASK, 'bash', COMPLETION, 'macveil', ...words]);
  return stdout.split('\n');
}

test('the file is what the command line says of itself now: node build/completion.mjs writes it', () => {
  assert.is(readFileSync(COMPLETION, 'utf8'), completion('dist/macveil.mjs'));
});

for (const [words, expected] of [
  [['in'], ['install']],
  [['--v'], ['--version']],
  [['install', '--up'], ['--update-initramfs']],
  [['check', '--up'], ['']],
  [['prove', '--decision', 'o'], ['offline']],
  [['menu', '--language', 'd'], ['de']],
  [
    ['compile', '--guard', ''],
    ['wanted', 'required'],
  ],
  [['check', '--root', 'hoo'], ['hooks']],
  [['check', '--root', 'READ'], ['']],
  [['check', '--initrd', 'READ'], ['README.md']],
  [['menu', 'READ'], ['README.md']],
] as const) {
  test(`macveil ${words.join(' ')} and Tab`, () => assert.equal(complete(...words), [...expected]));
}

test.run();
