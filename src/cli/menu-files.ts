import { isUtf8 } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileChange, MenuPlan, MenuRequest } from '../menu/change.ts';
import { LOADERS, type Loader, loaderOf, namedPlaces, PLACES } from '../menu/find.ts';
import { planGrub } from '../menu/grub/menu.ts';
import { requirePlainText } from '../menu/plain-text.ts';
import { planSettings } from '../menu/settings.ts';
import { planSyslinux } from '../menu/syslinux/menu.ts';
import { planSystemdBoot } from '../menu/systemd-boot/menu.ts';
import { CliError, EXIT } from './errors.ts';
import { ioError } from './io-error.ts';
import { writeFiles } from './write-files.ts';

/** One configuration that was found: whose it is, and its main file or folder. */
export interface Target {
  loader: Loader;
  path: string;
}

/** Diff's exit code when the two differ. */
const DIFFERENT = 1;

/** The configurations in a folder, or the one that a file is. */
export function findTargets(path: string, loader: Loader | undefined): Target[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new CliError(EXIT.input, `${path} does not exist`, 'check the path for typing errors');
  return stat.isDirectory() ? targetsIn(path, loader) : [targetOf(path, loader)];
}

/** What is to be done to one configuration. */
export function planTarget({ loader, path }: Target, request: MenuRequest): MenuPlan {
  const folder = dirname(path);
  const find = (name: string) => namedPlaces(folder, name).find(isFile) ?? null;
  if (loader === 'grub') return planGrub(path, request, readText, find);
  if (loader === 'syslinux') return planSyslinux(path, request, readText, find);
  if (loader === 'systemd-boot')
    return planSystemdBoot(folder, readdirSync(path).sort(), request, (file) =>
      isFile(file) ? readText(file) : null,
    );
  return planSettings(join(folder, 'default/macveil-menu'), request, (file) =>
    isFile(file) ? readText(file) : null,
  );
}

/** Writes what changes, all files or none, with the rights they had; files that go are taken away last. */
export function carryOut(changes: FileChange[]): void {
  const written = changes.flatMap(({ path, after }) =>
    after === null ? [] : [{ path, content: after, mode: modeOf(path) }],
  );
  writeFiles(written);
  for (const { path, after } of changes) if (after === null) rmSync(path);
}

/** A change as a unified diff, made by Debian's diff. */
export function diffOf({ path, before, after }: FileChange): string {
  const from = before === null ? '/dev/null' : path;
  const to = after === null ? '/dev/null' : path;
  try {
    return execFileSync('diff', ['-u', '--label', from, '--label', to, from, '-'], {
      input: after ?? '',
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  } catch (error) {
    const { status, stdout } = error as { status?: number; stdout?: string };
    if (status === DIFFERENT) return stdout ?? '';
    throw error;
  }
}

function targetsIn(folder: string, wanted: Loader | undefined): Target[] {
  const found = LOADERS.flatMap((loader): Target[] => {
    const place = PLACES[loader]
      .map((name) => join(realpathSync(folder), name))
      .find((path) => existsAt(path));
    return place === undefined ? [] : [{ loader, path: place }];
  });
  // Where grub-mkconfig is, it makes grub.cfg: what is written into that file would be lost.
  const generated = wanted === undefined && found.some(({ loader }) => loader === 'grub-mkconfig');
  const fitting = found.filter(
    ({ loader }) => (wanted ?? loader) === loader && !(generated && loader === 'grub'),
  );
  if (fitting.length > 0) return fitting;
  const places = LOADERS.filter((loader) => (wanted ?? loader) === loader).flatMap(
    (loader) => PLACES[loader],
  );
  const hint = 'name the top folder of the medium, the boot partition, or the configuration file itself';
  throw new CliError(
    EXIT.input,
    `${folder}: no boot loader's configuration (looked for ${places.join(', ')})`,
    hint,
  );
}

function targetOf(path: string, wanted: Loader | undefined): Target {
  const file = realpathSync(path);
  const loader = wanted ?? loaderOf(file, readText(file));
  if (loader === null)
    throw new CliError(
      EXIT.input,
      `${path}: cannot tell which boot loader this is for`,
      'say so with --loader',
    );
  if (loader === 'grub' || loader === 'syslinux') return { loader, path: file };
  const hint =
    loader === 'systemd-boot' ? 'the folder with loader/entries in it' : 'the root with etc/grub.d in it';
  throw new CliError(EXIT.input, `${path}: ${loader} has its entries in files of their own`, `name ${hint}`);
}

function readText(path: string): string {
  const bytes = reading(path, () => readFileSync(path));
  // What is no UTF-8 becomes U+FFFD, and the check names its line.
  const text = bytes.toString('utf8');
  if (!isUtf8(bytes) || /[\0\r]/.test(text) || text.trim() === '') requirePlainText(path, text);
  return text;
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw ioError(error as NodeJS.ErrnoException, path);
  }
}

function existsAt(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function modeOf(path: string): number | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? stat.mode & 0o7777 : null;
}
