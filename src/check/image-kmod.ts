import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { resolveInRoot } from '../modules/root-path.ts';

/** Where distributions keep kmod. */
const PROGRAMS = ['/usr/bin/kmod', '/bin/kmod', '/usr/sbin/modprobe', '/sbin/modprobe'];
/** Folders that hold glibc's program loader, whose name has the machine in it (ld-linux-x86-64.so.2, ld-linux-aarch64.so.1). */
const LOADER_FOLDERS = ['/lib64', '/lib'];
const LOADER = /^ld(64|-linux(-[a-z0-9_-]+)?)\.so\.[12]$/;
const LIBRARY_FOLDERS = ['/usr/lib64', '/usr/lib', '/lib64', '/lib'];
/** Debian's folders of libraries: one for each machine. */
const MACHINE = /^[a-z0-9_]+-linux-gnu[a-z0-9_]*$/;

/**
 * The command that runs the image's own kmod as modprobe, with its own loader and libraries: no chroot, no root needed.
 * null where it lacks a part. Its links are put below `scratch`, since kmod goes by the name it is called by.
 */
export function imageCommand(root: string, scratch: string): string[] | null {
  const program = firstIn(root, PROGRAMS);
  const loader = findLoader(root);
  if (program === null || loader === null) return null;
  const folder = join(scratch, 'image-kmod');
  mkdirSync(folder);
  const named = link(program, join(folder, 'modprobe'));
  const libraries = libraryFolders(root);
  const path = libraries.map((library, index) => link(library, join(folder, `lib${index}`))).join(':');
  // Without --inhibit-cache the loader would go by this host's own list of libraries.
  return [loader, '--inhibit-cache', '--library-path', path, named];
}

function findLoader(root: string): string | null {
  for (const folder of LOADER_FOLDERS) {
    const names = namesIn(root, folder).filter((name) => LOADER.test(name));
    const found = firstIn(
      root,
      names.map((name) => join(folder, name)),
    );
    if (found !== null) return found;
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
