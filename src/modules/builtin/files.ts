import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { ioError } from '../../cli/io-error.ts';

/** A hundred times the largest of Debian's (arm64's modinfo: 111 kB); bounds the memory one hostile file can take. */
const MAX_SIZE = 16 * 1024 * 1024;

/** A file that kbuild leaves beside the modules: its text, '' with the problem when it has none that can be used. */
export interface IndexFile {
  text: string;
  problem: string;
}

/** Reads NAME in the first of the directories that has it; whatever is there, it neither blocks nor fills the memory. */
export async function readIndexFile(directories: string[], name: string): Promise<IndexFile> {
  for (const directory of directories) {
    const file = await openFile(join(directory, name));
    if (file !== null) return file;
  }
  return { text: '', problem: `there is no ${name}` };
}

/** A link could lead out of the root, and a FIFO would never end; null when nothing is there. */
async function openFile(path: string): Promise<IndexFile | null> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return await readWhole(handle, path).finally(() => handle.close());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === 'ELOOP' || code === 'ENXIO') return unfit(path, 'is not a regular file');
    throw ioError(error as NodeJS.ErrnoException, path);
  }
}

async function readWhole(handle: FileHandle, path: string): Promise<IndexFile> {
  const stat = await handle.stat();
  if (!stat.isFile()) return unfit(path, 'is not a regular file');
  if (stat.size > MAX_SIZE) return unfit(path, `is larger than ${MAX_SIZE / 1024 / 1024} MiB`);
  return { text: await handle.readFile('latin1'), problem: '' };
}

function unfit(path: string, problem: string): IndexFile {
  return { text: '', problem: `${path.slice(path.lastIndexOf('/') + 1)} ${problem}` };
}
