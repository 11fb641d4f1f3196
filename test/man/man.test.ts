import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../src/hook/main.ts';
import { createFake } from '../../src/system/fake.ts';

const PAGES = readdirSync('man').map((name) => join('man', name));

/** What the formatter of man(1) says of a page. */
function warnings(page: string): string {
  return execaSync('groff', ['-mandoc', '-Tutf8', '-ww', '-z', page]).stderr;
}

const tags = (page: string, macro: RegExp) =>
  Array.from(readFileSync(page, 'utf8').matchAll(macro), ([, word = '']) => word);

test('every page is formatted without a warning', () => {
  assert.ok(PAGES.length > 0);
  for (const page of PAGES) assert.is(warnings(page), '', page);
});

test('a page with an unknown macro is found', () => {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-man-'));
  const page = join(directory, 'broken.7');
  writeFileSync(page, '.TH BROKEN 7\n.SH NAME\nbroken \\- a page\n.NONE text\n');
  assert.match(warnings(page), 'NONE');
  rmSync(directory, { recursive: true });
});

test('macveil-hook(8) has every command of the program, and no other', () => {
  const fake = createFake();
  main(fake.system, { args: ['--help'], environment: () => undefined });
  const commands = Array.from(fake.state.stdout.matchAll(/^ {2}([a-z]\S*) /gm), ([, word = '']) => word);
  assert.ok(commands.length > 5);
  assert.equal(tags('man/macveil-hook.8', /^\.It Cm (\S+)/gm), commands);
});

test('macveil-boot-parameters(7) has every decision', () => {
  const words = tags('man/macveil-boot-parameters.7', /^\.It Cm macveil=(\S+)/gm);
  assert.equal(words.sort(), ['ask', 'keep', 'offline', 'spoof']);
});

test.run();
