import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseIndex } from '../../src/check/index-file.ts';
import { KERNEL, makeImage } from './made-image.ts';

const { root } = makeImage();
const [dependencies, aliases] = ['modules.dep.bin', 'modules.alias.bin'].map((name) =>
  readFileSync(join(root, KERNEL, name)),
) as [Buffer, Buffer];
const [MAGIC, VERSION] = [0xb007f457, 0x00020001];

test("an index holds what depmod's own text says", () => {
  const text = readFileSync(join(root, KERNEL, 'modules.dep'), 'utf8')
    .trim()
    .split('\n')
    .sort();
  const index = parseIndex(dependencies);
  assert.equal([...(index?.values() ?? [])].flat().sort(), text);
  assert.equal(index?.get('mlx5_ib'), [
    'kernel/drivers/infiniband/hw/mlx5/mlx5_ib.ko: kernel/drivers/net/e1000.ko',
  ]);
});

test('aliases keep their patterns', () => {
  assert.equal([...(parseIndex(aliases) ?? [])], [['pci:v00008086d0000100Esv[0-3]*', ['e1000']]]);
});

test('what is no index is damaged, and so is one that was cut short', () => {
  assert.is(parseIndex(Buffer.from('garbage')), null);
  assert.is(parseIndex(Buffer.alloc(0)), null);
  for (let length = 0; length < 12; length++) assert.is(parseIndex(dependencies.subarray(0, length)), null);
  assert.is(parseIndex(dependencies.subarray(0, dependencies.length - 20)), null);
});

test('nodes that lead to themselves end', () => {
  // One child, by the letter a, that is the node itself.
  const node = (0x20000000 | 12) >>> 0;
  const words = [MAGIC, VERSION, node].map(word);
  assert.is(parseIndex(Buffer.concat([...words, Buffer.from('aa'), word(node)])), null);
});

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

test.run();
