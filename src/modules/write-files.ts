import { rename, rm, writeFile } from 'node:fs/promises';
import { ioError } from './io-error.ts';

/** A text and where it belongs. */
export interface OutputFile {
  path: string;
  text: string;
}

/** Writes every file beside its place and only then moves them all in: when one cannot be written, none has changed. */
export async function writeFiles(files: OutputFile[]): Promise<void> {
  const beside = files.map(({ path, text }) => ({ path, text, temporary: `${path}.macveil-${process.pid}` }));
  try {
    for (const { temporary, text, path } of beside) await writeFile(temporary, text).catch(fail(path));
    for (const { temporary, path } of beside) await rename(temporary, path).catch(fail(path));
  } finally {
    await Promise.all(beside.map(({ temporary }) => rm(temporary, { force: true })));
  }
}

function fail(path: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw ioError(error, path);
  };
}
