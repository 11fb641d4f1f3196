import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FormatError } from '../../src/modules/byte-view.ts';
import { NameTable } from '../../src/modules/names.ts';

test('every name is read as it stands, however many there are', () => {
  const names = Array.from({ length: 200_000 }, (_, i) => `symbol_${i * 7919}`);
  const bytes = Buffer.from(names.map((name) => `${name}\0`).join(''), 'latin1');
  const table = new NameTable();
  for (let round = 0; round < 2; round++) {
    let at = 0;
    for (const name of names) {
      if (table.read(bytes, at, bytes.length) !== name) assert.unreachable(`${name} was read as another`);
      at += name.length + 1;
    }
    assert.is(at, bytes.length);
  }
});

test('names of one hash are told apart, and a great many of them take no endless time', () => {
  const names = collidingNames(3_000);
  const table = new NameTable();
  for (const name of names) assert.is(table.read(Buffer.from(`${name}\0`), 0, name.length + 1), name);
  assert.is(new Set(names).size, 3_000);
});

test('a name that does not end in its table, or is overlong, is an error', () => {
  const table = new NameTable();
  assert.throws(() => table.read(Buffer.from('name\0'), 0, 4), isFormatError);
  assert.throws(() => table.read(Buffer.from('name\0'), 6, 5), isFormatError);
  assert.throws(() => table.read(Buffer.from(`${'x'.repeat(5000)}\0`), 0, 5001), isFormatError);
});

test('bytes above ASCII are kept', () => {
  assert.is(new NameTable().read(Buffer.from([0xe9, 0xff, 0]), 0, 3), '\u00e9\u00ff');
});

/** Names whose hash ends in the same ten bits: they crowd in a few places of any table. */
function collidingNames(count: number): string[] {
  const found: string[] = [];
  const mask = 0x3ff;
  for (let i = 0; found.length < count; i++) if ((fnv(`n${i}`) & mask) === 0) found.push(`n${i}`);
  return found;
}

/** FNV-1a, written here once more so that the names really collide. */
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

function isFormatError(error: unknown): boolean {
  return error instanceof FormatError;
}

test.run();
