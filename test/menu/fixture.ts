import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { MenuRequest } from '../../src/menu/change.ts';
import { LANGUAGES } from '../../src/menu/titles.ts';
import { scratch } from '../install/fixture.ts';

/** What `macveil menu` asks for without options. */
export const REQUEST: MenuRequest = {
  decisions: ['keep', 'offline'],
  titles: LANGUAGES.en,
  layout: 'flat',
  entry: null,
  remove: false,
};

/** A copy of a real configuration (fixtures/README.md says how each was made). */
export function copyFixture(name: string): string {
  const folder = scratch();
  cpSync(join(process.cwd(), 'test/menu/fixtures', name), folder, { recursive: true });
  return folder;
}

/** A folder with these files. */
export function folderWith(files: Record<string, string | Buffer>): string {
  const folder = scratch();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Every file below a folder with its content. */
export function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
