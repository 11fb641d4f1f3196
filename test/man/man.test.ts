import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { commandNames, commandOptions } from '../../build/lib/command-help.mjs';
import type { CliError } from '../../src/cli/errors.ts';
import { parseConfig } from '../../src/config/schema.ts';
import { main } from '../../src/hook/main.ts';
import { createFake } from '../../src/system/fake.ts';

const CLI = 'dist/macveil.mjs';
const PAGES = readdirSync('man').map((name) => join('man', name));

/** What the formatter of man(1) says of a page. */
function warnings(page: string): string {
  return execaSync('groff', ['-mandoc', '-Tutf8', '-ww', '-z', page]).stderr;
}

const tags = (page: string, macro: RegExp) =>
  Array.from(readFileSync(page, 'utf8').matchAll(macro), ([, word = '']) => word);

function optionsIn(mdoc: string): string[] {
  return Array.from(mdoc.matchAll(/^\.It Fl -([a-z-]+)/gm), ([, name = '']) => name);
}

/** What every command has is said once, for all of them. */
function optionsOf(command: string): string[] {
  const names = commandOptions(CLI, command).map(({ name = '' }) => name);
  return names.filter((name) => name !== 'help' && name !== 'version');
}

function hintOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    return (error as CliError).hint;
  }
  return 'no error';
}

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

test('macveil(1) has every command of the program with its options, and no other', () => {
  const [, ...sections] = readFileSync('man/macveil.1', 'utf8').split(/^\.Ss macveil /m);
  const described = Object.fromEntries(
    sections.map((text) => [text.split('\n')[0] ?? '', optionsIn(text.split(/^\.Sh /m)[0] ?? '')]),
  );
  assert.equal(described, Object.fromEntries(commandNames(CLI).map((name = '') => [name, optionsOf(name)])));
});

test('an option that a page lacks is seen', () => {
  assert.equal(optionsIn('.It Fl -root Ar DIR\nthe folder\n.It Fl -dry-run\n'), ['root', 'dry-run']);
});

test('macveil.config(5) has every key and every class', () => {
  const page = 'man/macveil.config.5';
  const hint = hintOf(() => parseConfig({ unknown: 1 }, 'file'));
  assert.is(`the keys are ${tags(page, /^\.It Cm (\S+) : /gm).join(', ')}`, hint);
  const classes = tags('src/config/config.ts', /^ {2}\| '([a-z0-9-]+)'/gm);
  assert.ok(classes.length > 10);
  assert.equal(tags(page, /^\.It Cm ([a-z0-9-]+)$/gm), classes);
});

test('macveil-boot-parameters(7) has every decision', () => {
  const words = tags('man/macveil-boot-parameters.7', /^\.It Cm macveil=(\S+)/gm);
  assert.equal(words.sort(), ['ask', 'keep', 'offline', 'spoof']);
});

test.run();
