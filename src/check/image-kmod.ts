import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { resolveInRoot } from '../modules/root-path.ts';
import { isElf, judgeModprobe } from './modprobe-program.ts';

/** Where distributions keep kmod. */
const PROGRAMS = ['/usr/bin/kmod', '/bin/kmod', '/usr/sbin/modprobe', '/sbin/modprobe'];
/** Folders that hold glibc's program loader, whose name has the machine in it (ld-linux-x86-64.so.2, ld-linux-aarch64.so.1). */
const LOADER_FOLDERS = ['/lib64', '/lib'];
const LOADER = /^ld(64|-linux(-[a-z0-9_-]+)?)\.so\.[12]$/;
const LIBRARY_FOLDERS = ['/usr/lib64', '/usr/lib', '/lib64', '/lib'];
/** Debian's folders of libraries: one for each machine. */
const MACHINE = /^[a-z0-9_]+-linux-gnu[a-z0-9_]*$/;

/** How to run the image's own kmod as modprobe: its loader, the loader's options, and the program. */
export interface ImageCommand {
  loader: string[];
  program: string;
  /** Its libraries are looked for below this folder. */
  folder: string;
}

/**
 * The image's own kmod with its own loader and libraries: no chroot, no root needed; in words why not, where it lacks a part.
 * Its links are put below `scratch`, since kmod goes by the name it is called by.
 */
export function imageCommand(root: string, scratch: string): ImageCommand | string {
  const program = firstIn(root, PROGRAMS);
  if (program === null) return 'the image has none';
  if (judgeModprobe(readFileSync(program)).kind !== 'kmod') return `${program} is no program of kmod`;
  const loader = findLoader(root);
  if (loader === null) return 'its program loader (ld-linux) is not in the image';
  const folder = join(scratch, 'image-kmod');
  mkdirSync(folder);
  const named = link(program, join(folder, 'modprobe'));
  const libraries = libraryFolders(root);
  const path = libraries.map((library, index) => link(library, join(folder, `lib${index}`))).join(':');
  // Without --inhibit-cache the loader would go by this host's own list of libraries.
  return { loader: [loader, '--inhibit-cache', '--library-path', path], program: named, folder };
}

/** Libraries that the loader would take from elsewhere, as its `--list` says (ld.so(8)): this host's own folders come last. */
export function strangeLibraries(listed: string, folder: string): string[] {
  return Array.from(listed.matchAll(/^\s*(\S+) => (.+?)(?: \(0x[0-9a-f]+\))?$/gm))
    .filter(
      ([, name = '', place = '']) => !LOADER.test(name.split('/').at(-1) ?? '') && !isBelow(place, folder),
    )
    .map(([, name = '']) => name);
}

function isBelow(place: string, folder: string): boolean {
  return place.startsWith(`${folder}/`);
}

function findLoader(root: string): string | null {
  for (const folder of LOADER_FOLDERS) {
    const names = namesIn(root, folder).filter((name) => LOADER.test(name));
    for (const name of names) {
      const place = resolveInRoot(root, join(folder, name));
      if (place !== null && isElf(readFileSync(place))) return place;
    }
  }
  return null;
}

function libraryFolders(root: string): string[] {
  const folders = new Set<string>();
  for (const folder of LIBRARY_FOLDERS) {
    const machines = namesIn(root, folder).filter((name) => MACHINE.test(name));
    for (const path of [...machines.map((name) => join(folder, name)), folder]) {
      const place = resolveInRoot(root, path);
      if (place !== null) folders.add(place);
    }
  }
  return [...folders];
}

function firstIn(root: string, paths: string[]): string | null {
  for (const path of paths) {
    const place = resolveInRoot(root, path);
    if (place !== null) return place;
  }
  return null;
}

function namesIn(root: string, folder: string): string[] {
  const place = resolveInRoot(root, folder);
  return place === null ? [] : readdirSync(place);
}

function link(target: string, path: string): string {
  symlinkSync(target, path);
  return path;
}
