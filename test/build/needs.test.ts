import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PRODUCTS as KERNELS } from '../../build/kernels/products.mjs';
import { findNeeds } from '../../build/test/needs.mjs';
import { selectTests } from '../../build/test/select.mjs';

const KNOWN = ['hook', 'kernel', 'other'];
/** As build/test/products.mjs has them. */
const PRODUCTS = ['macveil-hook', 'tamper', 'demo-image', ...Object.keys(KERNELS)];
const scratch = mkdtempSync(join(tmpdir(), 'macveil-needs-'));
test.after(() => rmSync(scratch, { recursive: true }));

test('what the test files name is found once, in the order in which it is made', () => {
  const files = [write('a.test.ts', '// needs: other, hook\n'), write('b.test.ts', '// needs: hook\n')];
  assert.equal(findNeeds(files, KNOWN), ['hook', 'other']);
});

test('a file without such a line needs nothing', () => {
  assert.equal(findNeeds([write('c.test.ts', "import { test } from 'uvu';\n")], KNOWN), []);
});

test('a name that is not known is an error with the file and the names that are', () => {
  const file = write('d.test.ts', '// needs: kernle\n');
  assert.throws(
    () => findNeeds([file], KNOWN),
    (error: Error) =>
      error.message.includes(file) && error.message.includes('kernle') && error.message.includes('kernel'),
  );
});

test('a test of test/kernels gets its own kernels, one of the runner none', () => {
  assert.equal(findNeeds(['test/kernels/closed.test.ts'], PRODUCTS), ['6.1-amd64', '6.12-amd64']);
  assert.equal(findNeeds(selectTests(['test/build'], true), PRODUCTS), []);
});

test('those of virtual machines, and those that install this working copy, get the hook', () => {
  assert.equal(findNeeds(['test/vm/live.test.ts'], PRODUCTS), ['macveil-hook', 'demo-image']);
  assert.equal(findNeeds(['test/kernels/refresh-trixie.full.test.ts'], PRODUCTS), ['macveil-hook']);
});

function write(name: string, text: string): string {
  const file = join(scratch, name);
  writeFileSync(file, text);
  return file;
}

test.run();
