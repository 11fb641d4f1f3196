// Measures what macveil costs, in one run: bytes of the hook and in the initrd, its start beside others, and reading
// every module of a kernel beside what else reads them.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { benchEnumeration } from './bench/enumeration.mjs';
import { GOALS } from './bench/goals.mjs';
import { makeNodeExecutable } from './bench/node-executable.mjs';
import { startTimes } from './bench/start-time.mjs';
import { bundleCli, CLI_BUNDLE } from './bundle.mjs';

const HOOK = 'dist/macveil-hook';
const ROUNDS = 50;

process.chdir(new URL('..', import.meta.url).pathname);
await bundleCli();
run(process.execPath, [CLI_BUNDLE, 'compile']);
run(process.execPath, ['build/image.mjs']);
run(process.execPath, ['build/image.mjs', '--plain']);
const node = await makeNodeExecutable();

const growth = initrdSize('.cache/image/macveil-demo.iso') - initrdSize('.cache/image/plain.iso');
const sizes = [
  ['hook', size(HOOK), GOALS.hook],
  ['hook, xz -9', compressed('xz', '-9', HOOK)],
  ['hook, zstd -19', compressed('zstd', '-19', HOOK)],
  ['initrd growth (compressed as in the image)', growth, GOALS.initrd],
  ['the same program on Node, packed by pkg', size(node)],
];
const times = startTimes([['/bin/true'], [HOOK, '--help'], [node, '--help']], ROUNDS);
printSizes();
printTimes();
const isQuick = await benchEnumeration();
process.exitCode = isQuick && sizes.every(([, bytes, goal]) => !(bytes > goal)) ? 0 : 1;

function printSizes() {
  console.log('\nbytes');
  for (const [title, bytes, goal] of sizes) {
    const verdict = goal ? `  ${bytes <= goal ? 'within' : 'OVER'} ${goal.toLocaleString('en')}` : '';
    console.log(`  ${title.padEnd(44)}${bytes.toLocaleString('en').padStart(14)}${verdict}`);
  }
}

function printTimes() {
  console.log(`\nstart to end, median of ${ROUNDS}, by turns`);
  for (const [index, title] of ['/bin/true', 'hook --help', 'Node executable --help'].entries()) {
    const ratio = (times[index] / times[0]).toFixed(1);
    console.log(`  ${title.padEnd(44)}${times[index].toFixed(2).padStart(11)} ms  ${ratio} x /bin/true`);
  }
}

function size(path) {
  return statSync(path).size;
}

function compressed(program, level, path) {
  return run(program, [level, '--stdout', '--quiet', path]).length;
}

function initrdSize(image) {
  const listing = run('xorriso', ['-indev', image, '-lsl', '/live/initrd.img']).toString();
  return Number(listing.match(/^-\S+\s+\d+\s+\S+\s+\S+\s+(\d+)/m)?.[1]);
}

function run(program, args) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  const { status, stdout, error } = spawnSync(program, args, { stdio, maxBuffer: 2 ** 26 });
  if (error || status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.code ?? status}`);
  return stdout;
}
