import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file and link below a tree as `macveil install` records what it places (src/install/record.ts), as text. */
export function record(tree) {
  const entries = readdirSync(tree, { recursive: true, withFileTypes: true });
  const places = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = places.sort().map((place) => ({ path: `/${relative(tree, place)}`, ...fingerprint(place) }));
  return `${JSON.stringify({ version: 1, files, directories: [] }, null, 2)}\n`;
}

function fingerprint(place) {
  const stat = lstatSync(place);
  if (stat.isSymbolicLink()) return { target: readlinkSync(place) };
  return { mode: stat.mode & 0o7777, sha256: createHash('sha256').update(readFileSync(place)).digest('hex') };
}
