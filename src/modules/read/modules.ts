import { availableParallelism } from 'node:os';
import { type ModuleFacts, problemFacts } from '../module-facts.ts';
import { compare, type ModuleFile } from '../tree.ts';
import { readPacked } from './packed.ts';
import { readGzip, readPlain } from './plain.ts';
import { XZ } from './xz.ts';
import { ZSTD } from './zstd.ts';

/** Enough files for the start of a process not to count, few enough for the last batches to end together. */
const BATCH = 64;

type Batch = { files: ModuleFile[]; read: (files: ModuleFile[]) => Promise<ModuleFacts[]> };

/** The facts of every module file, by path; `onProgress` hears how many are done. */
export async function readModules(
  files: ModuleFile[],
  onProgress: (done: number) => void,
): Promise<ModuleFacts[]> {
  const queue = makeBatches(files);
  const facts: ModuleFacts[] = [];
  const work = async () => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      for (const module of await batch.read(batch.files)) facts.push(module);
      onProgress(facts.length);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return facts.sort((a, b) => compare(a.path, b.path));
}

function makeBatches(files: ModuleFile[]): Batch[] {
  const readable = files.filter(({ file }) => file !== '');
  const ending = (end: string) => readable.filter(({ path }) => path.endsWith(end));
  return [
    ...cut(ending('.ko.xz'), (batch) => readPacked(XZ, batch)),
    ...cut(ending('.ko.zst'), (batch) => readPacked(ZSTD, batch)),
    ...cut(ending('.ko.gz'), (batch) => Promise.all(batch.map(readGzip))),
    ...cut(ending('.ko'), async (batch) => batch.map(readPlain)),
    ...cut(
      files.filter(({ file }) => file === ''),
      async (batch) => batch.map(({ path }) => problemFacts(path, 'not a regular file inside the root')),
    ),
  ];
}

function cut(files: ModuleFile[], read: Batch['read']): Batch[] {
  const count = Math.ceil(files.length / BATCH);
  return Array.from({ length: count }, (_, i) => ({ files: files.slice(i * BATCH, (i + 1) * BATCH), read }));
}
