import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import type { MacveilConfig } from '../../src/config/config.ts';
import { evaluate } from '../../src/config/evaluate.ts';
import { loadConfig } from '../../src/config/load.ts';
import { rejection, withRoot } from '../modules/make-root.ts';

const TYPED = `import { defineConfig, type MacveilConfig } from 'macveil';
const config: MacveilConfig = { strict: true, allow: ['tun'] };
export default defineConfig(config);
`;
const PLAIN = "import { defineConfig } from 'macveil';\nexport default defineConfig({ block: ['ext4'] });\n";

for (const name of ['macveil.config.ts', 'macveil.config.mts']) {
  test(`${name} is loaded where no package macveil is installed`, () =>
    withRoot({ [name]: TYPED }, async (folder) => {
      assert.equal(await loadConfig(join(folder, name)), { strict: true, allow: ['tun'] });
    }));
}

for (const name of ['macveil.config.js', 'macveil.config.mjs']) {
  test(`${name} is loaded where no package macveil is installed`, () =>
    withRoot({ [name]: PLAIN }, async (folder) => {
      assert.equal(await loadConfig(join(folder, name)), { block: ['ext4'] });
    }));

  test(`${name} is loaded as it is when it imports nothing`, () =>
    withRoot(
      { [name]: 'export default { strict: import.meta.url.startsWith("file:") };' },
      async (folder) => {
        assert.equal(await loadConfig(join(folder, name)), { strict: true });
      },
    ));
}

test('a configuration may import files of its project', () =>
  withRoot(
    {
      'policy/radios.ts': "export const radios: string[] = ['b43'];",
      'macveil.config.ts': "import { radios } from './policy/radios';\nexport default { allow: radios };",
    },
    async (folder) => {
      assert.equal(await loadConfig(join(folder, 'macveil.config.ts')), { allow: ['b43'] });
    },
  ));

test('every key of a configuration comes through', () => {
  const whole = {
    strict: false,
    allow: ['a'],
    block: ['b'],
    classes: { media: 'block', can: 'allow' },
    acceptBuiltin: ['c'],
  };
  return loaded(`export default ${JSON.stringify(whole)}`, (config) => assert.equal(config, whole));
});

const WRONG: [string, string, RegExp][] = [
  ['an unknown key', '{ alow: [] }', /unknown key "alow"/],
  ['a text for a list', '{ allow: "tun" }', /allow must be a list of module names/],
  ['a number for a name', '{ allow: ["tun", 1] }', /allow\.1 must be a module name/],
  ['an empty name', '{ block: [""] }', /block\.0 must be a module name/],
  ['a text for strict', '{ strict: "yes" }', /strict must be true or false/],
  [
    'a wrong verdict on a class',
    '{ classes: { media: "off" } }',
    /classes\.media must be "block" or "allow"/,
  ],
  ['a list of classes', '{ classes: ["media"] }', /classes must be an object/],
  ['a function', '() => ({})', /its default export must be an object/],
  ['a promise', 'Promise.resolve({})', /its default export must be an object/],
  ['a list', '[]', /its default export must be an object/],
  ['null', 'null', /its default export must be an object/],
];

for (const [what, value, message] of WRONG) {
  test(`${what} in a configuration is an error of usage that names file, place and keys`, async () => {
    const error = await failure(`export default ${value};`);
    assert.is(error.exitCode, EXIT.usage);
    assert.match(error.message, message);
    assert.match(error.message, 'macveil.config.ts');
    assert.match(error.hint, 'strict, allow, block, classes, acceptBuiltin');
  });
}

for (const key of ['constructor', '__proto__']) {
  test(`the key ${key}, which every object has, is an unknown key too`, async () => {
    const error = await failure(`export default { ['${key}']: 1 };`);
    assert.match(error.message, `unknown key "${key}"`);
  });

  test(`the class ${key} is not lost`, () =>
    loaded(`export default { classes: { ['${key}']: 'block' } };`, (config) =>
      assert.equal(Object.keys((config as MacveilConfig).classes ?? {}), [key]),
    ));
}

/** What a configuration does besides, and the words that tell of it. */
const ASTRAY: [string, string, RegExp][] = [
  ['waits for ever', 'await new Promise(() => {});', /ended before it exported anything/],
  ['ends the program', 'process.exit(0);', /ended before it exported anything/],
  ['leaves a failure alone', "Promise.reject(new Error('left alone'));", /left alone/],
  [
    'fails later, before it is read',
    "setTimeout(() => { throw new Error('late'); });\nawait new Promise((go) => setTimeout(go, 5000));",
    /late/,
  ],
  ['throws nothing at all', 'throw undefined;', /cannot be loaded: undefined/],
];

for (const [what, text, message] of ASTRAY) {
  for (const name of ['macveil.config.ts', 'macveil.config.mjs']) {
    test(`${name} that ${what} is an error of input`, async () => {
      const error = await failure(`${text}\nexport default {};`, name);
      assert.is(error.exitCode, EXIT.input);
      assert.match(error.message, message);
    });
  }
}

test('a configuration that never comes to its end is left after a while', () =>
  withRoot(
    { 'macveil.config.mjs': 'setInterval(() => {}, 1000);\nawait new Promise(() => {});' },
    async (folder) => {
      const file = join(folder, 'macveil.config.mjs');
      const error = await rejection(evaluate(file, pathToFileURL(file).href, 500));
      assert.match((error as CliError).message, /does not come to its end in 0\.5 seconds/);
    },
  ));

test('a configuration that fails by an error of syntax in its own data runs once', () =>
  withRoot({}, async (folder) => {
    const [file, log] = [join(folder, 'macveil.config.mjs'), join(folder, 'log')];
    const text = `import { appendFileSync } from 'node:fs';\nappendFileSync('${log}', 'ran ');\nJSON.parse('{');`;
    writeFileSync(file, text);
    const error = (await rejection(loadConfig(file))) as CliError;
    assert.is(error.exitCode, EXIT.input);
    assert.is(readFileSync(log, 'utf8'), 'ran ');
  }));

test('a configuration without default export is an error of usage', async () => {
  const error = await failure('export const strict = true;');
  assert.is(error.exitCode, EXIT.usage);
  assert.match(error.message, 'no default export');
});

const BROKEN = 'export default {\n  strict: true,\n  allow: [\n};\n';
for (const name of ['macveil.config.ts', 'macveil.config.mjs']) {
  test(`${name} that does not parse is an error of input with the line`, async () => {
    const error = await failure(BROKEN, name);
    assert.is(error.exitCode, EXIT.input);
    assert.match(error.message, new RegExp(`${name.replaceAll('.', '\\.')}:4: `));
  });

  test(`${name} that throws is an error of input with its words`, async () => {
    const error = await failure("throw new Error('not today');", name);
    assert.is(error.exitCode, EXIT.input);
    assert.match(error.message, 'not today');
  });
}

test('an import that leads nowhere is an error of input that names it', async () => {
  const error = await failure("import './nowhere.ts';\nexport default {};");
  assert.is(error.exitCode, EXIT.input);
  assert.match(error.message, /:1: .*nowhere/);
});

test('a configuration that is not there, or no program by its name, is an error of input', () =>
  withRoot({ 'macveil.json': '{}' }, async (folder) => {
    for (const name of ['missing.ts', 'macveil.json']) {
      const error = (await rejection(loadConfig(join(folder, name)))) as CliError;
      assert.is(error.exitCode, EXIT.input);
      assert.match(error.message, name);
    }
  }));

async function loaded(text: string, check: (config: unknown) => void): Promise<void> {
  await withRoot({ 'macveil.config.ts': text }, async (folder) => {
    check(await loadConfig(join(folder, 'macveil.config.ts')));
  });
}

async function failure(text: string, name = 'macveil.config.ts'): Promise<CliError> {
  let error: unknown;
  await withRoot({ [name]: text }, async (folder) => {
    error = await rejection(loadConfig(join(folder, name)));
  });
  assert.instance(error, CliError);
  return error as CliError;
}

test.run();
