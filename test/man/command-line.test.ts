import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createParser } from '../../src/cli/parser.ts';
import { parseConfig } from '../../src/config/schema.ts';

const PAGE = readFileSync('man/macveil.1', 'utf8');
const CONFIG_PAGE = readFileSync('man/macveil.config.5', 'utf8');
const CONFIG_SOURCE = readFileSync('src/config/config.ts', 'utf8');

const matches = (text: string, pattern: RegExp) =>
  [...new Set(Array.from(text.matchAll(pattern), ([, word = '']) => word))].sort();

const helpOf = async (...words: string[]) => (await createParser(words)).getHelp();

/** The part of a page below a heading, up to the next. */
function section(page: string, heading: string): string {
  const parts = page.split(/^\.S[sh] /m);
  return parts.find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

const optionsIn = (text: string) => matches(text, /^\.It Fl -(\S+)/gm);

/** What a page says that a command takes, with the options that it shares. */
function documented(page: string, command: string): string[] {
  const own = section(page, command);
  const shared = own.includes('Takes the policy options too.') ? section(page, 'policy options') : '';
  return [...optionsIn(own), ...optionsIn(shared)].sort();
}

const COMMANDS = matches(await helpOf(), /^ {2}macveil (\S+)(?: <path>)? {2,}[A-Z]/gm);

async function offered(command: string): Promise<string[]> {
  const options = matches(await helpOf(command), /^ +(?:-h, )?--(\S+) {2,}\S/gm);
  return options.filter((name) => name !== 'help' && name !== 'version');
}

test('macveil(1) has every command of the program, and no other', () => {
  assert.ok(COMMANDS.length > 5);
  const known = matches(PAGE, /^\.Ss (\S+)$/gm);
  assert.equal(known, COMMANDS);
});

for (const command of COMMANDS) {
  test(`macveil(1) has every option of ${command}, and no other`, async () => {
    const options = await offered(command);
    assert.ok(options.length > 1);
    assert.equal(documented(PAGE, command), options);
  });
}

test('a page that lacks an option is found', async () => {
  const page = PAGE.replace('.It Fl -host-kmod\n', '');
  assert.not.equal(documented(page, 'check'), await offered('check'));
});

test('macveil.config(5) has every key of a configuration, and no other', () => {
  const keys = matches(CONFIG_PAGE, /^\.It Cm (\S+) :/gm);
  assert.equal(keys, matches(CONFIG_SOURCE, /^ {2}(\w+)\?:/gm));
  for (const key of keys) assert.throws(() => parseConfig({ [key]: 7 }, 'file'), /must be/);
});

test('macveil.config(5) has every class of a configuration', () => {
  const classes = matches(CONFIG_SOURCE, /^ {2}\| '(\S+)'/gm);
  assert.ok(classes.length > 5);
  const listed = /^\.Cm (bluetooth-pan , .*) \.$/m.exec(CONFIG_PAGE)?.[1] ?? '';
  assert.equal(listed.split(' , '), classes);
});

test.run();
