import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runStep } from './run.mjs';

const QUICKJS = '.cache/quickjs';

/** Whatever two builders may have different: where they build, as whom, in which language and part of the world. */
const WAYS = [
  { base: () => resolve('.cache/reproduce'), folder: 'a', umask: '0022', env: { LC_ALL: 'C', TZ: 'UTC' } },
  {
    base: tmpdir,
    folder: 'somewhere/else/with-a-much/longer/path/macveil.clone',
    umask: '0077',
    env: { LC_ALL: 'C.UTF-8', LANG: 'de_DE.UTF-8', TZ: 'Pacific/Kiritimati' },
  },
];

/** Calls `work` with two clones of a commit of this repository, each with its environment; both are gone afterwards. */
export async function inTwoSites(commit, epoch, work) {
  const made = [];
  try {
    return await work(await Promise.all(WAYS.map((way) => makeSite(way, commit, epoch, made))));
  } finally {
    for (const directory of made) rmSync(directory, { recursive: true, force: true });
  }
}

async function makeSite({ base, folder, umask, env }, commit, epoch, made) {
  mkdirSync(base(), { recursive: true });
  const own = mkdtempSync(join(base(), 'macveil-reproduce-'));
  made.push(own);
  const [directory, home, temporary] = [folder, 'home', 'tmp'].map((name) => join(own, name));
  for (const path of [home, temporary]) mkdirSync(path);
  const site = {
    directory,
    umask,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: temporary, SOURCE_DATE_EPOCH: epoch, ...env },
  };
  await fill(site, commit);
  return site;
}

// Node modules and QuickJS's source are the same for both by their pinned checksums; what is made of them is made anew.
async function fill(site, commit) {
  const { directory } = site;
  const here = { ...site, directory: process.cwd() };
  await runStep(here, ['git', 'clone', '--quiet', '--no-checkout', process.cwd(), directory]);
  await runStep(site, ['git', 'checkout', '--quiet', '--detach', commit]);
  await runStep(here, ['cp', '-a', 'node_modules', directory]);
  const source = join(QUICKJS, pinnedQuickjs());
  if (!existsSync(source)) return;
  mkdirSync(join(directory, QUICKJS), { recursive: true });
  await runStep(here, ['cp', '-a', source, join(directory, QUICKJS)]);
}

function pinnedQuickjs() {
  return /^version=(\S+)$/m.exec(readFileSync('build/quickjs/fetch.sh', 'utf8'))[1];
}
