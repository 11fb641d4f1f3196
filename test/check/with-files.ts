import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scratch } from '../install/fixture.ts';

/** New contents by path; null takes the file away. */
export type Changes = Record<string, string | Buffer | null>;

/** Rights of a file that was not there before. */
const NEW_FILE = 0o644;

/** Changes files below a folder for the time of `use`, then puts everything back. */
export async function withFiles(
  root: string,
  changes: Changes,
  use: () => Promise<void> | void,
): Promise<void> {
  const saved = scratch();
  const paths = Object.keys(changes);
  for (const path of paths) copyFile(join(root, path), join(saved, path));
  try {
    for (const [path, content] of Object.entries(changes)) change(join(root, path), content);
    await use();
  } finally {
    for (const path of paths) {
      rmSync(join(root, path), { force: true });
      copyFile(join(saved, path), join(root, path));
    }
  }
}

function copyFile(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { preserveTimestamps: true });
}

function change(host: string, content: string | Buffer | null): void {
  if (content === null) {
    rmSync(host, { force: true });
    return;
  }
  mkdirSync(dirname(host), { recursive: true });
  const isNew = !existsSync(host);
  // An existing file keeps its rights.
  writeFileSync(host, content);
  if (isNew) chmodSync(host, NEW_FILE);
}
