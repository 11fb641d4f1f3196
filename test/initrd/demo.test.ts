// needs: macveil-hook, demo-image
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Initrd } from '../../src/initrd/initrd.ts';
import { readInitrd } from '../../src/initrd/read.ts';
import { HOOK } from '../../src/paths.ts';
import { skipTest } from '../skip.ts';
import { run, withFolder } from './make-initrd.ts';

const ISO = '.cache/image/macveil-demo.iso';

if (existsSync(ISO)) {
  test('the initrd of the demo image holds what cpio lists of its segments', () =>
    withFolder(async (folder) => {
      const file = demoInitrd(folder);
      const initrd = await readInitrd(file);
      const bytes = readFileSync(file);
      const listed = initrd.segments.flatMap(({ offset, length, compression }) =>
        listing(compression, bytes.subarray(offset, offset + length)),
      );
      assert.ok(listed.length > 1000);
      assert.is(
        initrd.segments.reduce((sum, { entries }) => sum + entries, 0),
        listed.length,
      );
      const real = new Set(listed.filter((name) => name !== '.').map((name) => realName(initrd, name)));
      assert.equal(missing(real, initrd.entries), [], 'listed by cpio only');
      assert.equal(missing(initrd.entries, real), [], 'listed by macveil only');
      assert.equal(initrd.lost, []);
    }));

  test('the hook in the initrd of the demo image is the very file that cpio takes out', () =>
    withFolder(async (folder) => {
      const file = demoInitrd(folder);
      const initrd = await readInitrd(file, { keep: (path) => `/${path}` === HOOK });
      const segment = initrd.segments[initrd.entries.get(HOOK.slice(1))?.segment ?? -1];
      assert.ok(segment);
      const bytes = readFileSync(file).subarray(segment.offset, segment.offset + segment.length);
      run(
        'cpio',
        ['--extract', '--quiet', '--make-directories', HOOK.slice(1)],
        unpacked(segment.compression, bytes),
        folder,
      );
      assert.equal(initrd.content(HOOK), readFileSync(join(folder, HOOK)));
    }));
} else {
  skipTest(test, 'the initrd of the demo image', `${ISO} is not built: npm run demo`);
}

function demoInitrd(folder: string): string {
  const file = join(folder, 'initrd.img');
  run('xorriso', ['-osirrox', 'on', '-indev', ISO, '-extract', '/live/initrd.img', file]);
  return file;
}

function listing(compression: string, bytes: Buffer): string[] {
  return run('cpio', ['--list', '--quiet'], unpacked(compression, bytes)).toString().trim().split('\n');
}

function unpacked(compression: string, bytes: Buffer): Buffer {
  return compression === 'none' ? bytes : run(compression, ['-dc'], bytes);
}

/** An entry's folder may be a link of an earlier segment. */
function realName(initrd: Initrd, path: string): string {
  return posix.join(initrd.resolve(posix.dirname(path)) ?? '', posix.basename(path));
}

function missing(names: { keys(): Iterable<string> }, from: { has(name: string): boolean }): string[] {
  return [...names.keys()].filter((name) => !from.has(name));
}

test.run();
