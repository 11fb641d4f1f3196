import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withOverlay } from '../../src/prove/overlay.ts';

const directory = mkdtempSync(join(tmpdir(), 'macveil-overlay-'));
test.after(() => rmSync(directory, { recursive: true }));
const initrd = join(directory, 'initrd');
const program = join(directory, 'program');
const boot = { kernel: '/k', initrd, image: '/i' };
writeFileSync(program, 'text');

test('without files the boot is what it was', async () => {
  assert.is(await withOverlay(boot, [], directory), boot);
});

for (const size of [4, 5, 6, 7]) {
  test(`behind an initrd of ${size} bytes the archive begins where the kernel looks for it`, async () => {
    writeFileSync(initrd, 'x'.repeat(size), { mode: 0o444 });
    const made = await withOverlay(boot, [{ from: program, to: '/usr/lib/added' }], directory);
    const bytes = readFileSync(made.initrd);
    const start = bytes.indexOf('070701');
    assert.is(start % 4, 0);
    assert.equal(bytes.subarray(0, start), Buffer.from('x'.repeat(size).padEnd(8, '\0').slice(0, start)));
    const listing = execFileSync('cpio', ['-tv', '--quiet', '-n'], { input: bytes.subarray(start) });
    assert.match(listing.toString(), /^-rwxr-xr-x +1 0 +0 +4 .* usr\/lib\/added\n$/);
  });
}

test('the initrd of the image itself stays as it is', async () => {
  writeFileSync(program, 'text');
  rmSync(initrd, { force: true });
  writeFileSync(initrd, 'own');
  await withOverlay(boot, [{ from: program, to: '/added' }], directory);
  assert.is(readFileSync(initrd, 'utf8'), 'own');
});

test.run();
