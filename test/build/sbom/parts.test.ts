import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatBill } from '../../../build/sbom/document.ts';
import { linkedParts, takenFiles } from '../../../build/sbom/linked-parts.ts';
import { nodePart } from '../../../build/sbom/node-part.ts';
import { foldersInBundle, npmPart, packageFolders } from '../../../build/sbom/npm-parts.ts';

test('of the linker’s trace count object files and members of archives, not archives that were only looked at', () => {
  const trace = [
    '/usr/lib/crt1.o',
    '/usr/lib/libgcc_eh.a',
    '(/usr/lib/libc.a)exit.lo',
    '/tmp/made/hook.o',
    '',
  ];
  const files = takenFiles(trace, (path) => path.startsWith('/tmp/'));
  assert.equal(files, ['/usr/lib/crt1.o', '/usr/lib/libc.a']);
});

test('a linked file of a package whose licence nobody noted is refused', () => {
  assert.throws(() => linkedParts(['/usr/bin/dpkg']), /dpkg.*licence/);
});

test('packages are found among bundled files, nested ones and those with a scope too', () => {
  const files = [
    'src/cli/main.ts',
    'node_modules/a/index.js',
    'node_modules/@s/b/x/y.js',
    'node_modules/a/node_modules/c/i.js',
  ];
  assert.equal(packageFolders(files), [
    'node_modules/@s/b',
    'node_modules/a',
    'node_modules/a/node_modules/c',
  ]);
});

test('a package that is in a bundle is found by the marks in it', () => {
  const text =
    '// src/cli/main.ts\nlet a;\n// node_modules/planted/lib/index.js\nlet b;\n// not a node_modules/file\n';
  assert.equal(foldersInBundle(text), ['node_modules/planted']);
});

test('a package has the version that is installed, the licence it names and the checksum that is pinned', () => {
  const part = npmPart('node_modules/valibot');
  assert.match(part.purl, /^pkg:npm\/valibot@[0-9]/);
  assert.is(part.license, 'MIT');
  assert.match(part.hashes['SHA-512'] ?? '', /^[0-9a-f]{128}$/);
});

test('Node is listed with what it says it has inside; what it does not name is not', () => {
  const part = nodePart({ node: '20.1.0', modules: '115', openssl: '3.0.8', novelty: '1' });
  assert.equal(
    part.parts.map(({ name, version, license }) => [name, version, license]),
    [
      ['novelty', '1', undefined],
      ['openssl', '3.0.8', 'Apache-2.0'],
    ],
  );
});

test('the time of a bill is SOURCE_DATE_EPOCH, or none', () => {
  const part = npmPart('node_modules/valibot');
  assert.is(JSON.parse(formatBill(part, '86400')).metadata.timestamp, '1970-01-02T00:00:00.000Z');
  assert.not.match(formatBill(part, undefined), 'timestamp');
});

test.run();
