import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProduct } from '../../build/kernels/cache.mjs';
import { MissingError } from '../../build/kernels/missing.mjs';
import { PRODUCTS } from '../../build/kernels/products.mjs';

interface Failure {
  message: string;
  hint: string;
}

/** What apt knows of the metapackage, and of the kernel. */
const SHOW = `echo 'Size: 70000000'
echo 'Depends: linux-image-6.1.0-1-amd64 (= 6.1.1-1)'`;
const test = suite<{ cache: string; path: string | undefined }>('fetching kernels from the archive');

test.before.each((context) => {
  context.cache = mkdtempSync(join(tmpdir(), 'macveil-kernels-'));
  context.path = process.env.PATH;
});
test.after.each(({ cache, path }) => {
  process.env.PATH = path;
  rmSync(cache, { recursive: true });
});

// The words of apt 2.6 when no server answers, when a server refuses, and when it has no such file.
const UNREACHABLE = `E: Failed to fetch mirror:/debian/dists/bookworm/InRelease  Could not resolve 'mirror'
E: Some index files failed to download. They have been ignored, or old ones used instead.`;
const REFUSED = `E: Failed to fetch mirror:/debian/dists/bookworm/InRelease  403  Forbidden [IP: 192.0.2.1 80]
E: The repository 'mirror:/debian bookworm InRelease' is not signed.`;
const NO_SUITE = "E: The repository 'mirror:/debian bookworm Release' does not have a Release file.";
const NO_INDEX = `E: Failed to fetch mirror:/debian/dists/bookworm/main/binary-amd64/Packages  404  Not Found [IP: 192.0.2.1 80]
E: Some index files failed to download. They have been ignored, or old ones used instead.`;

test('a network that fails ends in its own words and what to do; no kernel is left', async ({ cache }) => {
  const { message, hint } = await fetchFrom(cache, { update: failing(UNREACHABLE) });
  assert.match(message, 'apt-get failed (exit code 100)');
  assert.match(message, 'Could not resolve');
  assert.match(hint, 'reaches its package sources');
  assert.equal(kernelsIn(cache), []);
});

for (const [what, words] of Object.entries({ 'does not answer': UNREACHABLE, refuses: REFUSED })) {
  test(`an archive that ${what} is a failure, not one without the suite`, async ({ cache }) => {
    assert.not.ok((await fetchFrom(cache, { update: failing(words) })) instanceof MissingError);
  });
}

for (const [what, words] of Object.entries({ suite: NO_SUITE, 'index of its kernels': NO_INDEX })) {
  test(`an archive that answers, and has no such ${what}, is named as one`, async ({ cache }) => {
    const error = await fetchFrom(cache, { update: failing(words) });
    assert.instance(error, MissingError);
    assert.is(error.message, 'the archive has no suite bookworm for amd64');
  });
}

test('an archive without the component, of which apt only warns, is named as one', async ({ cache }) => {
  const error = await fetchFrom(cache, { components: 'contrib' });
  assert.instance(error, MissingError);
  assert.is(error.message, 'the archive has no main of bookworm for amd64');
});

test('an archive without the components of drivers outside the kernel names them', async ({ cache }) => {
  const error = await fetchFrom(cache, { components: 'main' }, 'dkms');
  assert.instance(error, MissingError);
  assert.is(error.message, 'the archive has no contrib, non-free of trixie for amd64');
});

test('a disk that is full while unpacking is named; no kernel is left', async ({ cache }) => {
  const unpack = `echo 'dpkg-deb: error: No space left on device' >&2; exit 2`;
  const { message, hint } = await fetchFrom(cache, { unpack });
  assert.match(message, 'dpkg-deb failed (exit code 2)');
  assert.match(hint, 'make room');
  assert.equal(kernelsIn(cache), []);
});

test('an archive without the kernel is an error that names the package', async ({ cache }) => {
  const error = await fetchFrom(cache, { show: 'echo Package: linux-image-amd64' });
  assert.match(error.message, 'linux-image-amd64 of bookworm names no kernel');
  assert.not.ok(error instanceof MissingError);
});

test.run();

function failing(words: string): string {
  return `echo "${words}" >&2; exit 100`;
}

/** Makes a product, in vain, from an archive of one kernel, that apt and dpkg-deb as told play. */
async function fetchFrom(cache: string, archive: Archive, name = '6.1-amd64'): Promise<Failure> {
  useFakes(cache, archive);
  const step = (_title: string, work: () => unknown) => work();
  return makeProduct(name, PRODUCTS[name as keyof typeof PRODUCTS], step, cache).then(
    () => assert.unreachable('it should have failed'),
    (error) => error,
  );
}

function kernelsIn(cache: string): string[] {
  return readdirSync(cache).filter((name) => name !== 'apt' && name !== 'bin');
}

interface Archive {
  update?: string;
  components?: string;
  unpack?: string;
  show?: string;
}

function useFakes(cache: string, { update = ':', components = 'main', unpack = ':', show = SHOW }: Archive) {
  const bin = join(cache, 'bin');
  mkdirSync(bin);
  const apt = `case "$*" in
indextargets*) echo 'mirror:/debian/|bookworm|main|Debian' ;;
*indextargets*) echo '${components}' ;;
*update) ${update} ;;
*download*) : >kernel.deb ;;
esac`;
  for (const [name, text] of Object.entries({ 'apt-get': apt, 'apt-cache': show, 'dpkg-deb': unpack }))
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  process.env.PATH = `${bin}:${process.env.PATH}`;
}
