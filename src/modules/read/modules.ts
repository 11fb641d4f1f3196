import type { FactsStore } from '../cache/facts.ts';
import { type ModuleFacts, problemFacts } from '../module-facts.ts';
import { NameTable } from '../names.ts';
import { compare, type ModuleFile } from '../tree.ts';
import { Known } from './known.ts';
import { readPacked, type Shared } from './packed.ts';
import { readGzip, readPlain } from './plain.ts';
import { XZ } from './xz.ts';
import { ZSTD } from './zstd.ts';

/** Enough for the thread pool, few enough to keep their unpacked bytes out of the way. */
const GZIP_AT_ONCE = 8;
/** How often progress is told while modules that are not packed are read. */
const PLAIN_AT_ONCE = 256;

/** The facts of every module file, by path; `onProgress` hears how many are done, `store` has what is known already. */
export async function readModules(
  files: ModuleFile[],
  onProgress: (done: number) => void,
  store: FactsStore | null = null,
): Promise<ModuleFacts[]> {
  const facts: ModuleFacts[] = [];
  const note = (found: ModuleFacts[]) => {
    for (const module of found) facts.push(module);
    if (found.length > 0) onProgress(facts.length);
  };
  await readAll(files, { names: new NameTable(), known: new Known(store), note });
  return facts.sort((a, b) => compare(a.path, b.path));
}

async function readAll(files: ModuleFile[], shared: Shared): Promise<void> {
  const ending = (end: string) => files.filter(({ file, path }) => file !== '' && path.endsWith(end));
  shared.note(
    files
      .filter(({ file }) => file === '')
      .map(({ path }) => problemFacts(path, 'not a regular file inside the root')),
  );
  await readPacked(XZ, ending('.ko.xz'), shared);
  await readPacked(ZSTD, ending('.ko.zst'), shared);
  for (const group of groups(ending('.ko.gz'), GZIP_AT_ONCE))
    shared.note(await Promise.all(group.map((file) => readGzip(file, shared))));
  for (const group of groups(ending('.ko'), PLAIN_AT_ONCE))
    shared.note(group.map((file) => readPlain(file, shared.names)));
}

function groups<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
