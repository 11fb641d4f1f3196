import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { appendArchive } from '../../../src/prove/overlay.ts';
import { baseKey } from '../../image/base.mjs';

const GUEST = 'build/bench/guest';
const DESTINATION = 'bench';
/** What the script needs and an initramfs has only as busybox; taken from the Debian root the image was packed from. */
const ROOT_PROGRAMS = ['dash', 'sed', 'ip', 'readlink', 'basename'];
const HOST_PROGRAMS = ['macchanger', 'strace'];
const MACCHANGER_LISTS = ['OUI.list', 'wireless.list'].map((name) => `/usr/share/macchanger/${name}`);
const LIBRARIES = 'usr/lib/x86_64-linux-gnu';
const NEEDED = /\(NEEDED\).*\[(.+)\]/g;

/** Appends what the guest is measured with to an initrd. */
export async function appendOverlay(initrd: string, directory: string): Promise<void> {
  const tree = mkdtempSync(join(directory, 'overlay-'));
  await fill(tree);
  const { stdout } = await execa('sh', ['-c', 'find . | cpio --quiet -o -H newc'], {
    cwd: tree,
    encoding: 'buffer',
  });
  appendArchive(initrd, stdout);
}

async function fill(tree: string): Promise<void> {
  const root = `.cache/image/root-${baseKey()}`;
  const own = join(tree, DESTINATION);
  mkdirSync(join(own, 'bin'), { recursive: true });
  await compile(`${GUEST}/cost.c`, join(own, 'bin/cost'));
  for (const name of ['round.sh', 'spoof.sh']) install(`${GUEST}/${name}`, join(own, name));
  const roots = [root, ''];
  const programs = [
    ...ROOT_PROGRAMS.map((name) => find(name, [root])),
    ...HOST_PROGRAMS.map((name) => find(name, [''])),
  ];
  for (const program of programs) install(program, join(own, 'bin', basename(program)));
  for (const library of await libraries(programs, roots))
    install(library, join(tree, LIBRARIES, basename(library)));
  for (const list of MACCHANGER_LISTS) install(list, join(tree, list));
}

async function compile(source: string, output: string): Promise<void> {
  await execa('musl-gcc', [
    '-std=gnu11',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-Os',
    '-static',
    '-o',
    output,
    source,
  ]);
}

function find(name: string, roots: string[]): string {
  const places = roots.flatMap((root) => ['usr/bin', 'usr/sbin'].map((dir) => `${root}/${dir}/${name}`));
  const found = places.find((path) => existsSync(path));
  if (found) return found;
  throw new Error(`${name} is not there: run sh build/setup.sh`);
}

/** Every shared library that the programs need, once; the first root that has one wins. */
async function libraries(programs: string[], roots: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const waiting = [...programs];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const { stdout } = await execa('readelf', ['--dynamic', file]);
    for (const [, name = ''] of stdout.matchAll(NEEDED)) {
      const library = roots.map((root) => `${root}/${LIBRARIES}/${name}`).find((path) => existsSync(path));
      if (library === undefined || found.has(library)) continue;
      found.add(library);
      waiting.push(library);
    }
  }
  return found;
}

function install(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}
