import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProduct, productPath } from '../../build/kernels/cache.mjs';
import { MissingError, missingReason, recordMissing } from '../../build/kernels/missing.mjs';

const RECIPE = ['build/kernels/recipe.mjs'];
const test = suite<{ cache: string }>('the cache of kernels');

test.before.each((context) => {
  context.cache = mkdtempSync(join(tmpdir(), 'macveil-kernels-'));
});
test.after.each(({ cache }) => rmSync(cache, { recursive: true }));

test('what is made once is not made again', async ({ cache }) => {
  let made = 0;
  const product = { recipe: RECIPE, make: async () => void made++ };
  for (const _ of [1, 2]) await makeProduct('name', product, step, cache);
  assert.is(made, 1);
  assert.ok(existsSync(productPath('name', product, cache)));
});

test('what fails half-way leaves nothing, and says why', async ({ cache }) => {
  const make = async (root: string) => {
    writeFileSync(join(root, 'half'), '');
    throw new Error('no more');
  };
  const problem = await makeProduct('name', { recipe: RECIPE, make }, step, cache).catch(messageOf);
  assert.is(problem, 'no more');
  assert.equal(readdirSync(cache), []);
});

test('what another run left half-made, or made by an earlier recipe, goes; other names stay', async ({
  cache,
}) => {
  const earlier = ['making-name/half', 'name-0123456789abcdef', 'name-two-0123456789abcdef', 'apt'];
  for (const path of earlier) mkdirSync(join(cache, path), { recursive: true });
  const product = { recipe: RECIPE, make: async (root: string) => assert.equal(readdirSync(root), []) };
  await makeProduct('name', product, step, cache);
  const place = productPath('name', product, cache).slice(cache.length + 1);
  assert.equal(readdirSync(cache).sort(), ['apt', place, 'name-two-0123456789abcdef'].sort());
});

test('a recipe that says something else is another product; one checked out with another umask is not', ({
  cache,
}) => {
  const recipe = [join(cache, 'recipe')];
  const place = (text: string, mode: number) => {
    writeFileSync(join(cache, 'recipe'), text);
    chmodSync(join(cache, 'recipe'), mode);
    return productPath('name', { recipe }, cache);
  };
  const first = place('one', 0o644);
  assert.is(place('one', 0o600), first);
  assert.is.not(place('two', 0o644), first);
});

test('what the archive does not offer is on record until it is tried again with another end', async ({
  cache,
}) => {
  const lacks = async () => {
    throw new MissingError('no such suite');
  };
  assert.is(await recordMissing(cache, 'name', lacks).catch(messageOf), 'no such suite');
  assert.is(missingReason(cache, 'name'), 'no such suite');
  assert.is(missingReason(cache, 'other'), '');
  const fails = async () => {
    throw new Error('no network');
  };
  assert.is(await recordMissing(cache, 'name', fails).catch(messageOf), 'no network');
  assert.is(missingReason(cache, 'name'), '');
});

test.run();

function step(_title: string, work: () => unknown): unknown {
  return work();
}

function messageOf(error: Error): string {
  return error.message;
}
