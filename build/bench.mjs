// Measures what macveil costs, in one run or part by part: bytes and start of the hook, reading every module of a kernel
// beside what else reads them, ten cards beside bare modprobe and a shell script, and what a live boot takes longer.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchEnumeration } from './bench/enumeration.mjs';
import { GOALS } from './bench/goals.mjs';
import { makeNodeExecutable } from './bench/node-executable.mjs';
import { startTimes } from './bench/start-time.mjs';
import { bundleCli, CLI_BUNDLE } from './bundle.mjs';
import { EXECUTABLE } from './executable.mjs';
import { baseKey } from './image/base.mjs';
import { bundleFile } from './lib/esbuild.mjs';

const HOOK = 'dist/macveil-hook';
const ROUNDS = 50;
const VM_BUNDLE = '.cache/bench/vm.mjs';

const USAGE = `usage: npm run bench -- [--host-clock] [--rounds N] [PART]...
  program      size and start of the hook, growth of the initrd
  enumeration  every module of two kernels
  cards        ten network cards, from blocked to verified, in one virtual machine
  boot         live boots with and without macveil
all of them unless parts are named; virtual machines count time in instructions unless --host-clock is given, and do
three rounds of cards and five boots of each image unless --rounds is given`;

const PARTS = {
  program: benchProgram,
  enumeration: benchEnumeration,
  cards: async (clock, rounds) => (await virtualMachines()).benchCards(clock, rounds),
  boot: async (clock, rounds) => (await virtualMachines()).benchBoot(clock, rounds),
};

process.chdir(new URL('..', import.meta.url).pathname);
const { parts, clock, rounds } = options();
await bundleCli();
run(process.execPath, [CLI_BUNDLE, 'compile']);
run(process.execPath, ['build/image.mjs']);
run(process.execPath, ['build/image.mjs', '--plain']);
const reached = [];
for (const part of parts) reached.push(await PARTS[part](clock, rounds));
process.exitCode = reached.every(Boolean) ? 0 : 1;

function options() {
  const flag = { type: 'boolean', default: false };
  const options = { 'host-clock': flag, help: flag, rounds: { type: 'string' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const parts = positionals.length > 0 ? positionals : Object.keys(PARTS);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  const isWrong = parts.some((part) => !(part in PARTS)) || !(rounds === undefined || rounds >= 1);
  if (values.help || isWrong) {
    console.error(USAGE);
    process.exit(values.help ? 0 : 2);
  }
  return { parts, clock: values['host-clock'] ? 'host' : 'instructions', rounds };
}

/** They are driven by TypeScript that `macveil prove` is made of too. */
async function virtualMachines() {
  const entryPoints = ['build/bench/vm/main.ts'];
  await bundleFile({ entryPoints, packages: 'external', sourcemap: 'inline' }, VM_BUNDLE);
  return import(resolve(VM_BUNDLE));
}

async function benchProgram() {
  const node = await makeNodeExecutable();
  run(process.execPath, ['build/executable.mjs']);
  const growth = initrdSize('.cache/image/macveil-demo.iso') - initrdSize('.cache/image/plain.iso');
  const sizes = [
    ['hook', size(HOOK), GOALS.hook],
    ['hook, xz -9', compressed('xz', '-9', HOOK)],
    ['hook, zstd -19', compressed('zstd', '-19', HOOK)],
    ['initrd growth (compressed as in the image)', growth, GOALS.initrd],
    ['of it, kernel modules of the egress guard', guardModules()],
    ['the same program on Node, packed by pkg', size(node)],
    ['the command line, packed by pkg', size(EXECUTABLE)],
  ];
  printSizes(sizes);
  printTimes({
    '/bin/true': ['/bin/true'],
    'hook --help': [HOOK, '--help'],
    'hook on Node --help': [node, '--help'],
    'command line on Node --version': [process.execPath, CLI_BUNDLE, '--version'],
    'command line, packed, --version': [EXECUTABLE, '--version'],
  });
  return sizes.every(([, bytes, goal]) => !(bytes > goal));
}

function printSizes(sizes) {
  console.log('\nbytes');
  for (const [title, bytes, goal] of sizes) {
    const verdict = goal ? `  ${bytes <= goal ? 'within' : 'OVER'} ${goal.toLocaleString('en')}` : '';
    console.log(`  ${title.padEnd(44)}${bytes.toLocaleString('en').padStart(14)}${verdict}`);
  }
}

function printTimes(commands) {
  const times = startTimes(Object.values(commands), ROUNDS);
  console.log(`\nstart to end, median of ${ROUNDS}, by turns`);
  for (const [index, title] of Object.keys(commands).entries()) {
    const ratio = (times[index] / times[0]).toFixed(1);
    console.log(`  ${title.padEnd(44)}${times[index].toFixed(2).padStart(11)} ms  ${ratio} x /bin/true`);
  }
}

function size(path) {
  return statSync(path).size;
}

/** What the initramfs of a live image has not anyway; packed modules lie in it as they are. */
function guardModules() {
  const modules = `.cache/image/root-${baseKey()}/usr/lib/modules`;
  const [release] = readdirSync(modules);
  const sizeOf = (name) => size(join(modules, release, 'kernel/net/netfilter', `${name}.ko.xz`));
  return sizeOf('nf_tables') + sizeOf('nfnetlink');
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
