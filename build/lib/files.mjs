import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that hold products or other people's code: nothing in them is a source of this project. */
const NOT_SOURCE = new Set(['.git', 'node_modules', 'dist', '.cache']);

/** Every regular file below `directory`, relative to the repository's root, sorted; [] when there is no such folder. */
export function sourceFiles(directory = '.') {
  if (!statSync(directory, { throwIfNoEntry: false })) return [];
  const found = [];
  collect(directory, found);
  return found.sort();
}

function collect(directory, found) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && !NOT_SOURCE.has(entry.name)) collect(path, found);
    else if (entry.isFile()) found.push(path);
  }
}
