import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkImage } from '../../src/check/check.ts';
import { strangeLibraries } from '../../src/check/image-kmod.ts';
import { findKmods } from '../../src/check/kmod.ts';
import { analyseRoot } from '../../src/modules/enumerate.ts';
import { scratch, writeFiles } from '../install/fixture.ts';
import { skipTest } from '../skip.ts';
import { copyImage, type MadeImage, makeImage, packInitrd } from './made-image.ts';

const HOST_KMOD = ['/usr/bin/kmod', '/bin/kmod'].find(existsSync) ?? '';
/** Lines of ldd(1): libraries with the files they are, and the program loader alone. */
const LIBRARY = /(?:=> )?(\/\S+) \(0x/g;
const libraries = HOST_KMOD === '' ? [] : librariesOf(HOST_KMOD);
const loader = libraries.find((path) => /\/ld-linux[^/]*$/.test(path)) ?? '';

const image = makeImage();

if (loader === '') skipTest(test, "the image's own kmod", "this host's kmod is none that is built for glibc");
else addTests();

function addTests(): void {
  test("the image's own kmod is asked with its own loader and libraries", async () => {
    const { kmods, notAsked } = await find(withKmod());
    assert.equal([kmods.map(({ own }) => own), notAsked], [[true, false], '']);
  });

  test('nothing of the image is run when only the host is to be asked', async () => {
    const { kmods, notAsked } = await find(withKmod(), true);
    assert.equal(
      kmods.map(({ own }) => own),
      [false],
    );
    assert.match(notAsked, "only this host's");
  });

  test('a library that this host would lend is named, and the kmod is not called its own', async () => {
    const copy = withKmod();
    const library = libraries.find((path) => /\/lib(zstd|lzma|crypto|c)\.so/.test(path)) as string;
    rmSync(join(copy.root, library));
    const { kmods, notAsked } = await find(copy);
    assert.is(kmods.length, 1);
    assert.match(notAsked, /^libraries that it needs are not in the image \(lib/);
  });

  test('a loader or kmod that is a script is never run', async () => {
    for (const [path, why] of [
      [loader, /program loader/],
      [HOST_KMOD, /is no program of kmod/],
    ] as const) {
      const copy = withKmod();
      const ran = join(copy.root, 'ran');
      writeFileSync(join(copy.root, path), `#!/bin/sh\n# kmod version 34\ntouch ${ran}\n`);
      assert.match((await find(copy)).notAsked, why);
      assert.not.ok(existsSync(ran));
    }
  });

  test('one that looks for modules elsewhere finds nothing, and then nothing is proven', async () => {
    const copy = withKmod();
    const file = join(copy.root, HOST_KMOD);
    const [there, elsewhere] = ['/lib/modules', '/lib/m0dules'];
    const text = readFileSync(file, 'latin1').replaceAll(there, elsewhere);
    writeFileSync(file, Buffer.from(text, 'latin1'));
    await rejects(prove(copy), /\(the image's own\) finds none of 4 modules that it is shown/);
    // The control: the same kmod unchanged.
    assert.equal((await prove(withKmod())).findings, []);
  });
}

test('libraries of other folders are strange, those of the image and the loader itself are not', () => {
  const listed = [
    '\tlinux-vdso.so.1 (0x00007f0decaf9000)',
    '\tlibzstd.so.1 => /tmp/x/lib0/libzstd.so.1 (0x00007f0dec142000)',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0dec20c000)',
    '\tlibz.so.1 => not found',
    '\t/lib64/ld-linux-x86-64.so.2 => /image/lib64/ld-linux-x86-64.so.2 (0x00007f0decafb000)',
  ].join('\n');
  assert.equal(strangeLibraries(listed, '/tmp/x'), ['libc.so.6', 'libz.so.1']);
});

/** An image with this host's kmod in it, and all that it needs. */
function withKmod(): MadeImage {
  const copy = copyImage(image);
  for (const path of [HOST_KMOD, ...libraries]) {
    // The fixture's /lib is a link to usr/lib, and its /sbin an absolute one.
    const inside = join(copy.root, path.replace(/^\/lib\//, '/usr/lib/'));
    mkdirSync(dirname(inside), { recursive: true });
    copyFileSync(path, inside);
  }
  writeFiles(copy.root, { 'usr/sbin/modprobe': '\x7fELF kmod version 34' });
  return copy;
}

function find({ root }: MadeImage, hostOnly = false) {
  return findKmods(root, scratch(), hostOnly);
}

function prove(copy: MadeImage) {
  const analyse = () => analyseRoot(copy.root, {});
  return checkImage({ root: copy.root, initrds: [packInitrd(copy)], analyse });
}

async function rejects(promise: Promise<unknown>, message: RegExp): Promise<void> {
  const error = await promise.then(
    () => null,
    (thrown: Error) => thrown,
  );
  assert.match(error?.message ?? 'nothing was thrown', message);
}

function librariesOf(program: string): string[] {
  const listed = execFileSync('ldd', [program], { encoding: 'utf8' });
  return Array.from(listed.matchAll(LIBRARY), ([, path]) => path as string);
}

test.run();
