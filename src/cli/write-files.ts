import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { CliError, EXIT } from './errors.ts';
import { ioError } from './io-error.ts';

/** A content and where it belongs. */
export interface OutputFile {
  path: string;
  content: string | Buffer;
  /** The new file's exact rights; null for those the umask leaves. */
  mode: number | null;
}

/** An output whose symbolic links are followed, and the names beside it that only this process uses. */
interface Placed extends OutputFile {
  place: string;
  draft: string;
  backup: string;
}

/** Links the kernel follows before it says ELOOP (linux/namei.h, MAXSYMLINKS). */
const MAX_LINKS = 40;
/** Never created nor cut: standard output may be a file that others append to. */
const INTO = constants.O_WRONLY | constants.O_APPEND;

/**
 * Writes every file beside its place and only then moves them all in: when one cannot be written, none has changed.
 * A device, a FIFO or an open file below /proc is not replaced but written into.
 */
export function writeFiles(files: OutputFile[]): void {
  const placed = files.map(locate);
  refuseTwice(placed);
  const streams = placed.filter(({ place }) => isStream(place));
  const regular = placed.filter((file) => !streams.includes(file));
  try {
    for (const file of regular) reporting(file, () => writeDurably(file.draft, file.content, file.mode));
    for (const file of streams) reporting(file, () => writeInto(file.place, file.content));
    moveIn(regular);
  } finally {
    for (const { draft, backup } of regular)
      for (const path of [draft, backup]) rmSync(path, { force: true });
  }
}

/** Writes a new file that is on the disk when this returns: a power cut after a rename could leave it empty otherwise. */
export function writeDurably(path: string, content: string | Buffer, mode: number | null): void {
  // A run that was killed may have left one.
  rmSync(path, { force: true });
  const file = openSync(path, 'wx', mode ?? 0o666);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // The mode given to open is cut by the umask.
  if (mode !== null) chmodSync(path, mode);
}

function writeInto(stream: string, content: string | Buffer): void {
  const file = openSync(stream, INTO);
  try {
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
}

function locate(file: OutputFile): Placed {
  const place = reporting({ path: dirname(file.path) }, () => finalPlace(file.path));
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory())
    throw new CliError(EXIT.io, `${file.path}: is a folder`, 'name the file to write, not its folder');
  const beside = (kind: string) => join(dirname(place), `.macveil-${kind}.${process.pid}.${basename(place)}`);
  return { ...file, place, draft: beside('new'), backup: beside('old') };
}

// Links below /proc lead to open files, which have no name that could be replaced.
function finalPlace(path: string, links = 0): string {
  const here = join(realpathSync(dirname(path)), basename(path));
  const isLink = lstatSync(here, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (!isLink || here.startsWith('/proc/')) return here;
  if (links === MAX_LINKS) throw Object.assign(new Error('symbolic links in a loop'), { code: 'ELOOP' });
  return finalPlace(resolve(dirname(here), readlinkSync(here)), links + 1);
}

function isStream(place: string): boolean {
  const stat = lstatSync(place, { throwIfNoEntry: false });
  return stat !== undefined && !stat.isFile();
}

function refuseTwice(files: Placed[]): void {
  const places = files.map(({ place }) => place).filter((place) => !isStream(place));
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice === undefined) return;
  throw new CliError(EXIT.usage, `${twice} is named for two outputs`, 'give each output a file of its own');
}

function moveIn(files: Placed[]): void {
  const moved: Placed[] = [];
  try {
    // One file is moved in or not: only among several can an earlier one have to go back.
    if (files.length > 1) for (const file of files) reporting(file, () => backUp(file));
    for (const file of files) {
      reporting(file, () => renameSync(file.draft, file.place));
      moved.push(file);
    }
  } catch (error) {
    for (const file of moved) moveBack(file);
    throw error;
  }
}

// A copy, because not every file system has hard links.
function backUp({ place, backup }: Placed): void {
  if (lstatSync(place, { throwIfNoEntry: false })) copyFileSync(place, backup);
}

function moveBack({ place, backup }: Placed): void {
  if (lstatSync(backup, { throwIfNoEntry: false })) renameSync(backup, place);
  else rmSync(place, { force: true });
}

function reporting<T>({ path }: { path: string }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ioError(error as NodeJS.ErrnoException, path);
  }
}
