import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  addressProblems,
  hookShellProblems,
  lockfileProblems,
  sizeWarnings,
} from '../../build/lint/text-rules.mjs';
import { isShell } from '../../build/lint/tools.mjs';

// Put together here, because a whole one would be found in this very file.
const HOST = ['deb', 'example', 'org'].join('.');
const ARCHIVE = ['https:/', 'example.org', 'source.tar.xz'].join('/');

test('a shell file of 40 lines in hooks is allowed', () => {
  assert.equal(hookShellProblems('hooks/x', script(40)), []);
});

test('a shell file of 41 lines in hooks is a problem', () => {
  assert.match(hookShellProblems('hooks/x', script(41)).join(), '41 lines');
});

test('a long shell file elsewhere is allowed', () => {
  assert.equal(hookShellProblems('build/setup.sh', script(100)), []);
});

test('the name of a package host is found with its line', () => {
  assert.match(addressProblems('README.md', `first\nget it from ${HOST}\n`).join(), 'README.md:2');
});

test('the address of a download is found', () => {
  assert.is(addressProblems('build/x.mjs', `fetch('${ARCHIVE}')`).length, 1);
});

test('an ordinary link to documentation is allowed', () => {
  assert.equal(addressProblems('README.md', 'see https://www.kernel.org/doc/html/latest/'), []);
});

test('a lockfile with resolved addresses is a problem', () => {
  assert.is(lockfileProblems('package-lock.json', '{"resolved": "x"}').length, 1);
});

test('a lockfile without them is not', () => {
  assert.equal(lockfileProblems('package-lock.json', '{"version": "1"}'), []);
});

test('a code file above 200 lines gets a warning', () => {
  assert.is(sizeWarnings('src/x.ts', '\n'.repeat(201)).length, 1);
});

test('a code file of 200 lines gets none', () => {
  assert.equal(sizeWarnings('src/x.ts', '\n'.repeat(200)), []);
});

for (const shebang of ['#!/bin/sh', '#!/usr/bin/env bash', '#! /bin/dash -e']) {
  test(`a file that begins with ${shebang} is shell`, () => {
    assert.ok(isShell(`${shebang}\n`));
  });
}

test('a file that begins with another interpreter is not shell', () => {
  assert.not.ok(isShell('#!/usr/bin/env node\n'));
});

function script(lines: number): string {
  return `#!/bin/sh\n${':\n'.repeat(lines - 1)}`;
}

test.run();
