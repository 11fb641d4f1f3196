import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lostFindings } from '../../src/check/initrd-files.ts';
import { fakeTree } from './fake-tree.ts';

test("entries for macveil's files that the kernel passes over are named, others are not", () => {
  const why = 'its folder is missing';
  const lost = ['usr/lib/macveil/macveil-hook', 'usr/share/other'].map((path) => ({ path, why }));
  assert.equal(
    lostFindings(fakeTree({}), lost).map(({ kind, what }) => `${kind}: ${what}`),
    [`initrd-hook: the kernel passes over usr/lib/macveil/macveil-hook when it unpacks the initrd: ${why}`],
  );
});

test.run();
