import process from 'node:process';
import type { EnumerateOptions } from '../modules/enumerate.ts';
import { StatusLine } from './status-line.ts';

/** Reads the modules of a root, with progress on a terminal until it is done. */
export async function withModuleProgress<T>(read: (options: EnumerateOptions) => Promise<T>): Promise<T> {
  const status = new StatusLine(process.stderr);
  const onProgress = (done: number, total: number, kernel: string) =>
    status.show(`reading the modules of ${kernel}: ${done} of ${total}`);
  try {
    return await read({ onProgress });
  } finally {
    status.clear();
  }
}
