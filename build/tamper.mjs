// Compiles the fault injector of the tests, test/vm/tamper, into .cache/tamper/tamper, unless the one there is current.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contentKey } from './image/key.mjs';
import { isMain } from './lib/main.mjs';

const SOURCE = 'test/vm/tamper';
const FOLDER = '.cache/tamper';
/** Where the program stands; tests put it into a machine's initramfs. */
const TAMPER = `${FOLDER}/tamper`;
const KEY = `${FOLDER}/key`;
/** Kernel headers come last: musl has none of its own, and must keep those it has. */
const HEADERS = ['/usr/include', '/usr/include/x86_64-linux-gnu'].flatMap((path) => ['-idirafter', path]);
const FLAGS = ['-std=gnu11', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Werror', '-O2', '-static', '-s'];

function makeTamper() {
  const key = contentKey([SOURCE], JSON.stringify([FLAGS, HEADERS]));
  if (existsSync(TAMPER) && existsSync(KEY) && readFileSync(KEY, 'utf8') === key) return 'is current';
  mkdirSync(FOLDER, { recursive: true });
  const files = readdirSync(SOURCE).filter((name) => name.endsWith('.c'));
  const draft = `${TAMPER}.${process.pid}.new`;
  const args = [...FLAGS, ...HEADERS, ...files.map((name) => `${SOURCE}/${name}`), '-o', draft];
  const { status, error } = spawnSync('musl-gcc', args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`musl-gcc failed (${error?.message ?? `exit code ${status}`})`);
  renameSync(draft, TAMPER);
  writeFileSync(KEY, key);
  return 'is ready';
}

if (isMain(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  console.log(`tamper: ${TAMPER} ${makeTamper()}`);
}
