import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A short name for exactly this content: files and folders by path, and further text. */
export function contentKey(paths, text = '') {
  const hash = createHash('sha256').update(text);
  for (const path of paths.flatMap((path) => walk(path)).sort())
    hash.update(`\0${path}\0`).update(digest(path));
  // 64 bits: enough that two recipes of one working copy never meet.
  return hash.digest('hex').slice(0, 16);
}

function walk(path) {
  if (!lstatSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => walk(join(path, name)));
}

// By the content's own digest, so that one file's end cannot be taken for the next one's beginning.
function digest(path) {
  const stat = lstatSync(path);
  const content = stat.isSymbolicLink() ? readlinkSync(path) : readFileSync(path);
  return createHash('sha256').update(`${stat.mode}\0`).update(content).digest();
}
