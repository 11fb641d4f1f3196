import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { EmbeddedFile } from './embedded.ts';

let unpacked: string | undefined;

/** A folder with these files, made once and gone when the program ends. */
export function unpackEmbedded(files: Record<string, EmbeddedFile>): string {
  if (unpacked !== undefined) return unpacked;
  const directory = mkdtempSync(join(tmpdir(), 'macveil-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  for (const [path, file] of Object.entries(files)) {
    const place = join(directory, path);
    mkdirSync(dirname(place), { recursive: true });
    if ('target' in file) symlinkSync(file.target, place);
    else writeFileSync(place, Buffer.from(file.content, 'base64'));
  }
  unpacked = directory;
  return directory;
}
