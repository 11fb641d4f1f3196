import type { FileChange, ReadText } from './change.ts';
import { withoutBlock } from './markers.ts';

/** One file of a configuration: without macveil's block, and as it is on the disk. */
export interface ConfigFile {
  path: string;
  onDisk: string;
  text: string;
  /** How often it was opened: a file that names itself must not be followed for ever. */
  opened: number;
}

const MAX_OPENED = 20;

/** A file of a configuration, read once and kept among `files`; null when there is none or it goes round in a circle. */
export function openConfig(files: ConfigFile[], path: string, read: ReadText): ConfigFile | null {
  const known = files.find((file) => file.path === path);
  if (known) {
    known.opened += 1;
    return known.opened > MAX_OPENED ? null : known;
  }
  const onDisk = read(path);
  if (onDisk === null) return null;
  const file = { path, onDisk, text: withoutBlock(path, onDisk), opened: 1 };
  files.push(file);
  return file;
}

/** What becomes of each file when one of them gets a block, or none does. */
export function configChanges(
  files: readonly ConfigFile[],
  changed: { file: ConfigFile; after: string } | null,
): FileChange[] {
  return files.map((file) => ({
    path: file.path,
    before: file.onDisk,
    after: changed?.file === file ? changed.after : file.text,
  }));
}
