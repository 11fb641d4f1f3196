import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contentKey } from '../image/key.mjs';
import { remove } from '../image/workspace.mjs';

/** Where kernels, and what they are fetched with, are kept. */
export const KERNEL_CACHE = '.cache/kernels';
const KEY = /^[0-9a-f]{16}$/;

/** Where a product stands once it is made; its name ends in the key of what its recipe says, whatever mode the files have. */
export function productPath(name, { recipe }, cache = KERNEL_CACHE) {
  const text = recipe.map((path) => readFileSync(path, 'utf8')).join('\0');
  return join(resolve(cache), `${name}-${contentKey([], text)}`);
}

/**
 * Makes a product unless it is there, in a folder that gets its name only when all went well; those of earlier recipes go.
 * The caller holds the cache's lock, so a half-made one is nobody's.
 */
export async function makeProduct(name, product, step, cache = KERNEL_CACHE) {
  const place = productPath(name, product, cache);
  if (existsSync(place)) return;
  const half = join(resolve(cache), `making-${name}`);
  await remove(half);
  mkdirSync(half, { recursive: true });
  try {
    await product.make(half, step, cache);
    await removeEarlier(name, cache);
    renameSync(half, place);
  } finally {
    await remove(half);
  }
}

async function removeEarlier(name, cache) {
  const start = `${name}-`;
  const earlier = readdirSync(cache).filter(
    (entry) => entry.startsWith(start) && KEY.test(entry.slice(start.length)),
  );
  for (const entry of earlier) await remove(join(cache, entry));
}
