import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { bootFiles } from '../../src/prove/boot-source.ts';

const directory = mkdtempSync(join(tmpdir(), 'macveil-boot-'));
test.after(() => rmSync(directory, { recursive: true }));
const kernel = join(directory, 'vmlinuz');
const source = { kind: 'files' as const, kernel, initrd: '/i', image: '/d' };

test('parts by themselves are taken as they are', async () => {
  const bytes = Buffer.alloc(1024);
  bytes.write('HdrS', 0x202);
  writeFileSync(kernel, bytes);
  assert.is(await bootFiles(source, directory), source);
});

for (const [title, bytes] of [
  ['a file without the boot header', Buffer.alloc(1024)],
  ['an empty file', Buffer.alloc(0)],
] as const) {
  test(`${title} is no kernel, and what was named is wrong`, async () => {
    writeFileSync(kernel, bytes);
    const error = await bootFiles(source, directory).then(
      () => null,
      (reason: unknown) => reason,
    );
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, EXIT.input);
    assert.match((error as CliError).message, 'not a Linux kernel');
  });
}

test.run();
