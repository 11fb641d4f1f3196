import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProduct, productPath } from '../../build/kernels/cache.mjs';
import { PRODUCTS } from '../../build/kernels/products.mjs';

interface Failure {
  message: string;
  hint: string;
}

const RECIPE = ['build/kernels/recipe.mjs'];
/** What apt knows of the metapackage, and of the kernel. */
const SHOW = `echo 'Size: 70000000'
echo 'Depends: linux-image-6.1.0-1-amd64 (= 6.1.1-1)'`;
const test = suite<{ cache: string; path: string | undefined }>('the cache of kernels');

test.before.each((context) => {
  context.cache = mkdtempSync(join(tmpdir(), 'macveil-kernels-'));
  context.path = process.env.PATH;
});
test.after.each(({ cache, path }) => {
  process.env.PATH = path;
  rmSync(cache, { recursive: true });
});

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
  assert.is((await failure(makeProduct('name', { recipe: RECIPE, make }, step, cache))).message, 'no more');
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

test('a network that fails ends in its own words and what to do; no kernel is left', async ({ cache }) => {
  useFakes(cache, { update: `echo 'E: Failed to fetch it: Could not resolve it' >&2; exit 100` });
  const { message, hint } = await fetchKernel(cache);
  assert.match(message, 'apt-get failed (exit code 100)');
  assert.match(message, 'Could not resolve it');
  assert.match(hint, 'reaches its package sources');
  assert.equal(kernelsIn(cache), []);
});

test('a disk that is full while unpacking is named; no kernel is left', async ({ cache }) => {
  useFakes(cache, { unpack: `echo 'dpkg-deb: error: No space left on device' >&2; exit 2` });
  const { message, hint } = await fetchKernel(cache);
  assert.match(message, 'dpkg-deb failed (exit code 2)');
  assert.match(hint, 'make room');
  assert.equal(kernelsIn(cache), []);
});

test('an archive without the kernel is an error that names the package', async ({ cache }) => {
  useFakes(cache, { show: 'echo Package: linux-image-amd64' });
  assert.match((await fetchKernel(cache)).message, 'linux-image-amd64 of bookworm names no kernel');
});

test.run();

function step(_title: string, work: () => unknown): unknown {
  return work();
}

function failure(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => assert.unreachable('it should have failed'),
    (error) => error,
  );
}

function fetchKernel(cache: string): Promise<Failure> {
  return failure(makeProduct('6.1-amd64', PRODUCTS['6.1-amd64'], step, cache));
}

function kernelsIn(cache: string): string[] {
  return readdirSync(cache).filter((name) => name !== 'apt' && name !== 'bin');
}

/** Programs that do as told in place of the real ones: apt with an archive of one kernel, and dpkg-deb. */
function useFakes(cache: string, { update = ':', unpack = ':', show = SHOW }): void {
  const bin = join(cache, 'bin');
  mkdirSync(bin);
  const apt = `case "$*" in
indextargets*) echo 'mirror:/debian/|bookworm|main|Debian' ;;
*update) ${update} ;;
*download*) : >kernel.deb ;;
esac`;
  for (const [name, text] of Object.entries({ 'apt-get': apt, 'apt-cache': show, 'dpkg-deb': unpack }))
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  process.env.PATH = `${bin}:${process.env.PATH}`;
}
