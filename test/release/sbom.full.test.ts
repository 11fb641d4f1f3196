// needs: macveil-hook, executable
import { readFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { billDifferences } from '../../build/sbom/compare.ts';
import { makeBills } from '../../build/sbom/main.ts';
import { foldersInBundle } from '../../build/sbom/npm-parts.ts';
import { note } from '../note.ts';

const bills = await makeBills();
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

for (const [name, bill] of Object.entries(bills)) {
  test(`the bill of the ${name} is CycloneDX 1.6, by the official schema`, async () => {
    assert.is(await validator.validate(bill), null);
    note(`SBOM of the ${name}: ${bill.split('"bom-ref"').length - 1} parts, ${bill.length} bytes`);
  });

  test(`every part of the ${name} has a package URL`, () => {
    const parts = partsOf(bill);
    assert.equal(
      parts.filter((part) => !part.purl?.startsWith('pkg:')).map((part) => part.name),
      [],
    );
    assert.is(new Set(parts.map((part) => part['bom-ref'])).size, parts.length, 'references are unique');
  });
}

test('the schema refuses a bill that is none', async () => {
  const broken = bills.hook.replace('"type": "library"', '"type": "heap"');
  assert.is.not(await validator.validate(broken), null);
});

test('made again they are the same, byte by byte', async () => {
  assert.equal(await makeBills(), bills);
});

test('the hook holds QuickJS, musl and libgcc, with version and licence', () => {
  const parts = partsOf(bills.hook);
  const pinned = /^version=(.+)$/m.exec(readFileSync('build/quickjs/fetch.sh', 'utf8'))?.[1];
  assert.is(find(parts, 'quickjs').version, pinned);
  assert.equal(find(parts, 'quickjs').licenses, [{ license: { id: 'MIT' } }]);
  assert.equal(find(parts, 'musl').licenses, [{ license: { id: 'MIT' } }]);
  assert.equal(find(parts, 'libgcc').licenses, [{ expression: 'GPL-3.0-or-later WITH GCC-exception-3.1' }]);
  assert.ok(find(parts, 'src/core/plan.ts').hashes);
});

test('the executable holds Node, every bundled package with its licence, and the hook', () => {
  const parts = partsOf(bills.executable);
  assert.is(find(parts, 'node').version, process.versions.node);
  const bundled = foldersInBundle(readFileSync('.cache/executable/bundle.cjs', 'utf8'));
  assert.ok(bundled.length > 10, `${bundled.length} packages`);
  for (const folder of bundled)
    assert.is(find(parts, folder.replace(/^.*node_modules\//, '')).licenses?.length, 1, folder);
  assert.ok(find(parts, 'macveil-hook').components?.some(({ name }) => name === 'quickjs'));
});

test('a part that was taken out of the bill, or put in, is found', () => {
  const bill = JSON.parse(bills.executable);
  const valibot = bill.components.findIndex(({ name }: Component) => name === 'valibot');
  const [taken] = bill.components.splice(valibot, 1);
  assert.equal(billDifferences(JSON.stringify(bill), bills.executable), [
    `${taken['bom-ref']} is not listed`,
  ]);
  assert.equal(billDifferences(bills.executable, JSON.stringify(bill)), [
    `${taken['bom-ref']} is listed, and not inside`,
  ]);
  assert.equal(billDifferences(bills.executable, bills.executable), []);
});

test('a version, a checksum or a licence that is not the real one is found', () => {
  for (const [from, to] of [
    ['"version": "2025-04-26"', '"version": "2024-01-13"'],
    ['"content": "ec81da5b', '"content": "00000000'],
    ['"id": "MIT"', '"id": "ISC"'],
  ] as const) {
    const wrong = bills.hook.replace(from, to);
    assert.is.not(wrong, bills.hook, from);
    assert.match(
      billDifferences(wrong, bills.hook).join(),
      /^macveil-hook\/[a-z]+@\S+ is described otherwise$/,
    );
  }
});

interface Component {
  name: string;
  'bom-ref': string;
  purl?: string;
  version?: string;
  licenses?: unknown[];
  hashes?: unknown[];
  components?: Component[];
}

function partsOf(bill: string): Component[] {
  const { metadata, components } = JSON.parse(bill);
  const flat = (part: Component): Component[] => [part, ...(part.components ?? []).flatMap(flat)];
  return [metadata.component, ...components].flatMap(flat);
}

function find(parts: Component[], name: string): Component {
  const part = parts.find((each) => each.name === name);
  assert.ok(part, name);
  return part as Component;
}

test.run();
