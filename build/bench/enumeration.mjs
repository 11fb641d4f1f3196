// Measures `macveil blocklist` on two whole kernels beside what reads the same files: node build/bench/enumeration.mjs
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCli, CLI_BUNDLE } from '../bundle.mjs';
import { kernelTree } from '../kernels/kernel-tree.mjs';
import { releaseOf } from '../kernels/tree.mjs';
import { isMain } from '../lib/main.mjs';
import { ENUMERATION_GOALS as GOALS } from './goals.mjs';
import { measureByTurns } from './measure.mjs';
import { printGoals, printRuns } from './table.mjs';

const ROUNDS = 5;
const MIB = 1024 * 1024;
/** Where the cache is, below XDG_CACHE_HOME. */
const CACHE = 'macveil';

/** Measures both kernels and prints tables and goals; true when every goal is reached. */
export async function benchEnumeration() {
  const home = mkdtempSync(join(tmpdir(), 'macveil-bench-'));
  process.env.XDG_CACHE_HOME = home;
  try {
    const plain = await measureKernel('6.1-amd64', plainCommands, join(home, CACHE));
    const packed = await measureKernel('6.12-amd64', packedCommands, join(home, CACHE));
    return printGoals([...plainGoals(plain), ...packedGoals(packed)]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Runs by name of command. */
async function measureKernel(name, commandsFor, cache) {
  const root = await kernelTree(name);
  const commands = commandsFor(root, cache);
  const runs = measureByTurns(Object.values(commands), ROUNDS);
  const named = Object.fromEntries(Object.keys(commands).map((command, index) => [command, runs[index]]));
  printRuns(`${name} (${releaseOf(root)}), ${ROUNDS} turns on ${availableParallelism()} cores`, named);
  return named;
}

function packedCommands(root, cache) {
  const unpackAll = `find "$0" -name '*.ko.xz' -print0 | xargs -0 -n 64 -P ${availableParallelism()} xz -dc > /dev/null`;
  return { 'xz -dc': { argv: ['sh', '-c', unpackAll, modulesOf(root)] }, ...plainCommands(root, cache) };
}

/** The order matters: what one run keeps is there in the next. */
function plainCommands(root, cache) {
  const blocklist = [process.execPath, CLI_BUNDLE, 'blocklist', '--root', root];
  return {
    depmod: { argv: ['depmod', '-n', '-b', root, releaseOf(root)] },
    'nm pipeline': { argv: ['sh', 'build/bench/nm-pipeline.sh', modulesOf(root)] },
    'macveil --no-cache': { argv: [...blocklist, '--no-cache'] },
    'macveil, first run': { argv: blocklist, before: () => forget(cache, '') },
    'macveil, same modules elsewhere': { argv: blocklist, before: () => forget(cache, 'result') },
    'macveil, again': { argv: blocklist },
  };
}

function modulesOf(root) {
  return join(root, 'usr/lib/modules');
}

function forget(cache, kind) {
  const files = existsSync(cache) ? readdirSync(cache) : [];
  for (const file of files.filter((name) => name.startsWith(kind))) rmSync(join(cache, file));
}

function plainGoals(runs) {
  const { depmod, 'macveil --no-cache': exact } = runs;
  const limit = Math.min(GOALS.plainSeconds, GOALS.plainToDepmod * depmod.wall);
  const title = `6.1: within ${GOALS.plainSeconds} s and ${GOALS.plainToDepmod} x depmod`;
  return [goal(title, exact.wall, limit, 's'), ...commonGoals('6.1', runs, 0)];
}

function packedGoals(runs) {
  const { 'xz -dc': floor, 'nm pipeline': nm, 'macveil --no-cache': exact } = runs;
  return [
    goal('6.12: to xz -dc on all cores', exact.wall / floor.wall, GOALS.packedToXz, 'x'),
    goal('6.12: to the nm pipeline', exact.wall / nm.wall, GOALS.packedToNm, 'x'),
    ...commonGoals('6.12', runs, GOALS.unpackedMebibytes),
  ];
}

function commonGoals(kernel, { 'macveil --no-cache': exact, 'macveil, again': again }, unpacked) {
  return [
    goal(`${kernel}: again, when nothing changed`, again.wall, GOALS.againSeconds, 's'),
    goal(
      `${kernel}: memory, unpacked modules included`,
      exact.peak / MIB + unpacked,
      GOALS.peakMebibytes,
      'MiB',
    ),
  ];
}

function goal(title, value, limit, unit) {
  return { title, value, limit, unit };
}

if (isMain(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  await bundleCli();
  process.exitCode = (await benchEnumeration()) ? 0 : 1;
}
