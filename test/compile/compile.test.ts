import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GOALS } from '../../build/bench/goals.mjs';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { compileHook } from '../../src/compile/compile.ts';
import { defaultEntry } from '../../src/compile/places.ts';

const test = suite<{ directory: string }>('compile');
test.before.each(async (context) => {
  context.directory = await mkdtemp(join(tmpdir(), 'macveil-test-'));
});
test.after.each(({ directory }) => rm(directory, { recursive: true, force: true }));

test('the hook is a static executable within its size limit', async ({ directory }) => {
  const output = join(directory, 'hook');
  const { bytes } = await compileHook({ entry: defaultEntry(), output });
  assert.ok(bytes <= GOALS.hook, `${bytes} bytes`);
  const { stdout } = await execa('readelf', ['-lW', output]);
  assert.not.match(stdout, /INTERP|DYNAMIC/);
});

test('the same sources give the same bytes, wherever they are written', async ({ directory }) => {
  const outputs = [join(directory, 'one'), join(directory, 'deeper', 'two')];
  for (const output of outputs) await compileHook({ entry: defaultEntry(), output });
  const [one, two] = await Promise.all(outputs.map((output) => readFile(output)));
  assert.ok(one && two && one.equals(two));
});

test('the executable names no folder of the build host', async ({ directory }) => {
  const output = join(directory, 'hook');
  await compileHook({ entry: defaultEntry(), output });
  assert.not.ok((await readFile(output)).includes(process.cwd()));
});

test('an entry that does not exist is an input error', async ({ directory }) => {
  await fails(EXIT.input, /does not exist/, {
    entry: join(directory, 'none.ts'),
    output: join(directory, 'hook'),
  });
});

test('an entry that needs Node is an input error that names the line', async ({ directory }) => {
  const entry = join(directory, 'entry.ts');
  await writeFile(entry, "\nimport 'node:fs';\n");
  await fails(EXIT.input, /entry\.ts:2: .*node:fs/, { entry, output: join(directory, 'hook') });
});

test('a failed compilation keeps the older executable and leaves nothing beside it', async ({
  directory,
}) => {
  const entry = join(directory, 'entry.ts');
  const output = join(directory, 'out', 'hook');
  await mkdir(join(directory, 'out'));
  await writeFile(output, 'older');
  await writeFile(entry, 'this is no program');
  await fails(EXIT.input, /cannot be bundled/, { entry, output });
  assert.is(await readFile(output, 'utf8'), 'older');
  assert.equal(await readdir(join(directory, 'out')), ['hook']);
});

test('a missing compiler is a tool error that names the package', async ({ directory }) => {
  const { PATH } = process.env;
  process.env.PATH = directory;
  try {
    await fails(EXIT.tool, /is not installed/, { entry: defaultEntry(), output: join(directory, 'hook') });
  } finally {
    process.env.PATH = PATH;
  }
});

test.run();

async function fails(
  exitCode: number,
  words: RegExp,
  options: { entry: string; output: string },
): Promise<void> {
  try {
    await compileHook(options);
  } catch (error) {
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, exitCode);
    assert.match((error as CliError).message, words);
    return;
  }
  assert.unreachable('it did not fail');
}
