import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DIFFOSCOPE_LIMIT_MS = 300_000;
const DIFFOSCOPE_LINES = 60;

/** Compares all files of two folders: the checksums of those that are the same, and for each other where it differs. */
export function compareFolders(first, second) {
  const names = [...new Set([first, second].flatMap(filesIn))].sort();
  const sums = [];
  const differences = [];
  for (const name of names) {
    const [a, b] = [first, second].map((folder) => readOrNull(join(folder, name)));
    if (a !== null && b !== null && a.equals(b)) sums.push({ name, sum: sha256(a) });
    else differences.push({ name, where: describe(a, b) });
  }
  return { sums, differences };
}

/** The list that `sha256sum -c` reads. */
export function formatSums(sums) {
  return sums.map(({ name, sum }) => `${sum}  ${name}\n`).join('');
}

/** What diffoscope says of two files that differ; nothing where it is not installed. */
export function diffoscope(first, second) {
  const { status, stdout } = spawnSync('diffoscope', [first, second], {
    encoding: 'utf8',
    timeout: DIFFOSCOPE_LIMIT_MS,
    maxBuffer: 2 ** 28,
  });
  return status === 1 ? stdout.split('\n').slice(0, DIFFOSCOPE_LINES).join('\n') : '';
}

function filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

function describe(a, b) {
  if (a === null || b === null) return `only in the ${a === null ? 'second' : 'first'} build`;
  const shorter = Math.min(a.length, b.length);
  const different = countDifferent(a, b, shorter);
  const sizes = a.length === b.length ? `${a.length} bytes` : `${a.length} and ${b.length} bytes`;
  return `first at offset ${different.first}, ${different.count} bytes differ; ${sizes}`;
}

function countDifferent(a, b, shorter) {
  let count = Math.max(a.length, b.length) - shorter;
  let first = shorter;
  for (let at = shorter - 1; at >= 0; at--) {
    if (a[at] === b[at]) continue;
    count++;
    first = at;
  }
  return { first, count };
}

function readOrNull(path) {
  return existsSync(path) ? readFileSync(path) : null;
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
