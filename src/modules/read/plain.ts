import { fstatSync } from 'node:fs';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { inMemory } from '../byte-view.ts';
import { factsFrom, type ModuleFacts, problemFacts } from '../module-facts.ts';
import type { NameTable } from '../names.ts';
import type { ModuleFile } from '../tree.ts';
import { MAX_MODULE_SIZE, TOO_LARGE } from './limits.ts';
import type { Shared } from './packed.ts';
import { FileSource, MODULE, withFile } from './source.ts';

/** Reads an uncompressed module. */
export function readPlain({ file, path }: ModuleFile, names: NameTable): ModuleFacts {
  return withFile(file, (fd) => {
    const { size } = fstatSync(fd);
    if (size > MAX_MODULE_SIZE) return problemFacts(path, TOO_LARGE);
    return factsFrom(path, new FileSource(fd, 0, size, MODULE), names);
  });
}

/** Reads a module packed with gzip. */
export async function readGzip({ file, path }: ModuleFile, { names, known }: Shared): Promise<ModuleFacts> {
  const packed = withFile(file, wholeFile);
  if (packed === null) return problemFacts(path, TOO_LARGE);
  const { digest, facts } = known.look(path, inMemory(packed));
  if (facts !== null) return facts;
  const found = await unpackGzip(path, packed, names);
  known.learn(digest, found);
  return found;
}

async function unpackGzip(path: string, packed: Buffer, names: NameTable): Promise<ModuleFacts> {
  try {
    const bytes = await promisify(gunzip)(packed, { maxOutputLength: MAX_MODULE_SIZE });
    return factsFrom(path, inMemory(bytes), names);
  } catch (error) {
    return problemFacts(path, `cannot be unpacked: ${(error as Error).message}`);
  }
}

/** A copy, because the thread pool comes to it later; null when it is too large. */
function wholeFile(fd: number): Buffer | null {
  const { size } = fstatSync(fd);
  if (size > MAX_MODULE_SIZE) return null;
  const source = new FileSource(fd, 0, size, MODULE);
  source.load(0, size);
  return Buffer.from(source.bytes.subarray(0, size));
}
