import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { record } from '../../../build/packages/record.mjs';
import { diskFingerprint, isOneOf } from '../../../src/install/entry.ts';
import { packagedPaths, packagedRecord } from '../../../src/install/packaged.ts';
import { PACKAGED } from '../../../src/paths.ts';
import { scratch, writeFiles } from '../../install/fixture.ts';

test('the record of a package is one that install and check read, and holds for the files themselves', () => {
  const root = scratch();
  writeFiles(root, { 'usr/lib/script': '#!/bin/sh\n', 'etc/conf': 'text\n' });
  chmodSync(join(root, 'usr/lib/script'), 0o755);
  symlinkSync('script', join(root, 'usr/lib/link'));
  const text = record(root);
  mkdirSync(join(root, 'usr/lib/macveil'));
  writeFileSync(join(root, PACKAGED), text);
  const files = packagedRecord(root)?.files ?? [];
  assert.equal(
    files.map(({ path }) => path),
    ['/etc/conf', '/usr/lib/link', '/usr/lib/script'],
  );
  for (const file of files) assert.ok(isOneOf(diskFingerprint(join(root, file.path)), [file]), file.path);
  assert.ok(packagedPaths(root).has(PACKAGED));
  chmodSync(join(root, 'usr/lib/script'), 0o644);
  assert.not.ok(files.every((file) => isOneOf(diskFingerprint(join(root, file.path)), [file])));
});

test.run();
