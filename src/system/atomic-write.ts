import { codeOf } from './errno.ts';

/** The calls an atomic replacement is made of. */
export interface FileCalls {
  /** The process's own number: two writers of one file must not share a draft. */
  pid: number;
  /** Writes a new file that must not exist yet, down to the disk. */
  create(path: string, text: string): void;
  rename(from: string, to: string): void;
  unlink(path: string): void;
}

/** Replaces a file by writing a neighbour and renaming it: readers see the old or the new text, never a part. */
export function replaceFile(path: string, text: string, calls: FileCalls): void {
  const draft = draftOf(path, calls.pid);
  // A draft that is there already was left by a killed writer that had our number: its content means nothing.
  unlinkIfPresent(draft, calls);
  try {
    calls.create(draft, text);
    calls.rename(draft, path);
  } catch (error) {
    unlinkIfPresent(draft, calls);
    throw error;
  }
}

/** Removes a file; an absent one is fine. */
export function unlinkIfPresent(path: string, calls: Pick<FileCalls, 'unlink'>): void {
  try {
    calls.unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Hidden, so that whoever lists the directory can tell a draft from a file. */
function draftOf(path: string, pid: number): string {
  const name = path.lastIndexOf('/') + 1;
  return `${path.slice(0, name)}.${path.slice(name)}.${pid}.new`;
}
