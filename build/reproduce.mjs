// Builds everything twice, in two clones of HEAD that have as little as possible in common, and compares the products bit by bit.
// The checksum list goes to standard output, everything else to standard error. Exit codes: 0 all the same; 1 something
// differs, or cannot be built; 2 usage.
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareFolders, diffoscope, formatSums } from './reproduce/compare.mjs';
import { makeProducts } from './reproduce/products.mjs';
import { runStep, stopOnSignals } from './reproduce/run.mjs';
import { inTwoSites } from './reproduce/sites.mjs';

const USAGE = `usage: npm run --silent reproduce -- [--root DIR] [--output DIR]
  --root DIR    a root with kernels, for blocklist and manifest (default: that of the demo image, if it is built)
  --output DIR  keep the products there, with SHA256SUMS, when nothing differs`;
const IMAGES = '.cache/image';
const SUMS = 'SHA256SUMS';

const given = process.cwd();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { root, output } = options();
stopOnSignals();
const commit = await git('rev-parse', 'HEAD');
const epoch = process.env.SOURCE_DATE_EPOCH ?? (await git('log', '-1', '--format=%ct'));
if ((await git('status', '--porcelain')) !== '') say('warning: what is not committed is not part of this');
process.exitCode = (await inTwoSites(commit, epoch, reproduce)) ? 0 : 1;

function options() {
  const text = { type: 'string' };
  try {
    const { values } = parseArgs({ options: { root: text, output: text } });
    return {
      root: values.root === undefined ? demoRoot() : resolve(given, values.root),
      output: values.output && resolve(given, values.output),
    };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function demoRoot() {
  const names = existsSync(IMAGES) ? readdirSync(IMAGES).filter((name) => name.startsWith('root-')) : [];
  return names.length > 0 ? resolve(IMAGES, names[0]) : undefined;
}

async function reproduce(sites) {
  const [left] = await allDone(sites.map((site) => timed(site, () => makeProducts(site, root))));
  const [first, second] = sites.map(({ directory }) => join(directory, 'dist'));
  const { sums, differences } = compareFolders(first, second);
  process.stdout.write(formatSums(sums));
  for (const text of left) say(`not compared: ${text}`);
  for (const { name, where } of differences) {
    say(`DIFFERS: ${name}: ${where}`);
    say(diffoscope(join(first, name), join(second, name)));
  }
  say(`${sums.length} files are the same, ${differences.length} differ (commit ${commit})`);
  if (differences.length > 0) return false;
  if (output !== undefined) keep(first, sums);
  return true;
}

function keep(folder, sums) {
  mkdirSync(output, { recursive: true });
  for (const { name } of sums) cpSync(join(folder, name), join(output, name));
  writeFileSync(join(output, SUMS), formatSums(sums));
}

/** Nobody may still write into a folder that is about to be removed. */
async function allDone(works) {
  await Promise.allSettled(works);
  return Promise.all(works);
}

async function timed(site, work) {
  const start = performance.now();
  const result = await work();
  say(
    `built in ${site.directory} (umask ${site.umask}): ${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
  return result;
}

async function git(...args) {
  const here = { directory: '.', umask: '0022', env: process.env };
  return (await runStep(here, ['git', ...args])).trim();
}

function say(text) {
  if (text !== '') console.error(text);
}
