import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CliError, EXIT } from '../cli/errors.ts';
import { ioError } from '../cli/io-error.ts';
import type { Initrd, InitrdEntry } from './initrd.ts';

/** Rights that a file is given on this host: set-user-ID and the like are not for it. */
const RIGHTS = 0o777;
/** Its owner here must be able to read and remove it. */
const OWNER = 0o600;

/**
 * Writes wanted files, links and folders of an initrd below a new or empty folder, and nothing outside of it: their
 * paths are real ones, without a link on the way, and links are written last, to where they lead inside the initrd.
 */
export function extractInitrd(
  initrd: Initrd,
  directory: string,
  wanted: (path: string) => boolean = () => true,
): void {
  const chosen = [...initrd.entries].filter(([path]) => wanted(path));
  const links = chosen.filter(([, { kind }]) => kind === 'link');
  try {
    makeEmpty(directory);
    for (const [path, entry] of chosen) writeEntry(initrd, directory, path, entry);
    for (const [path] of links) writeLink(initrd, directory, path);
  } catch (error) {
    const { code, path = directory } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : ioError(error as NodeJS.ErrnoException, path);
  }
}

function makeEmpty(directory: string): void {
  mkdirSync(directory, { recursive: true });
  if (readdirSync(directory).length === 0) return;
  throw new CliError(EXIT.input, `${directory} is not empty`, 'name a new folder to unpack into');
}

function writeEntry(initrd: Initrd, directory: string, path: string, { kind, mode }: InitrdEntry): void {
  const place = join(directory, path);
  if (kind === 'directory') mkdirSync(place, { recursive: true });
  if (kind !== 'file') return;
  const content = initrd.content(path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, content ?? '', { flag: 'wx', mode: (mode & RIGHTS) | OWNER });
}

function writeLink(initrd: Initrd, directory: string, path: string): void {
  const target = initrd.resolve(path);
  if (target === null) return;
  const place = join(directory, path);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(relative(dirname(place), join(directory, target)) || '.', place);
}
