// Builds an ISO as a user of live-build does, with macveil added by one command: in a Debian 13 root, unless the one that
// is there is current. Needs root.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI_BUNDLE } from './bundle.mjs';
import { EXECUTABLE } from './executable.mjs';
import { BuildError } from './image/build-error.mjs';
import { contentKey } from './image/key.mjs';
import { hostMirror } from './image/mirror.mjs';
import { makeProgress } from './image/progress.mjs';
import { run, stopOnSignals } from './image/run.mjs';
import { makeToolRoot } from './image/tool-root.mjs';
import { remove } from './image/workspace.mjs';

const CACHE = '.cache/live-build';
/** The ISO that tests boot. */
const IMAGE = join(CACHE, 'image.iso');
const KEY = join(CACHE, 'key');
const ROOT = join(CACHE, 'root');
/** Inside the root: the configuration tree, and whatever live-build makes in it. */
const TREE = 'build/image';
const PACKAGES = ['live-build', 'debootstrap', 'debian-archive-keyring', 'xz-utils', 'zstd', 'cpio', 'file'];
const IN_ROOT = 'build/live-build/in-root.sh';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  await main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`live-build: ${error.message}\n  ${error.hint}`);
  process.exitCode = 1;
}

async function main() {
  const key = contentKey(['build/live-build.mjs', 'build/live-build', EXECUTABLE, CLI_BUNDLE]);
  if (existsSync(IMAGE) && existsSync(KEY) && readFileSync(KEY, 'utf8') === key) {
    console.log(`live-build: ${IMAGE} is current`);
    return;
  }
  stopOnSignals();
  mkdirSync(CACHE, { recursive: true });
  await buildImage(makeProgress('live-build'));
  writeFileSync(KEY, key);
  console.log(`live-build: ${IMAGE} is ready`);
}

async function buildImage(step) {
  const mirror = await hostMirror();
  if (!existsSync(ROOT))
    await step('Debian root with live-build', () => makeToolRoot(ROOT, PACKAGES, mirror));
  const tree = join(ROOT, TREE);
  // What was built before is thrown away, the packages that were fetched for it are kept.
  for (const name of existsSync(tree) ? readdirSync(tree) : [])
    if (name !== 'cache') await remove(join(tree, name));
  mkdirSync(tree, { recursive: true });
  writeFileSync(join(ROOT, 'build/config.sh'), readFileSync('build/live-build/config.sh'));
  await step('lb config', () => inRoot(`sh ../config.sh ${mirror}`));
  await step('macveil live-build', () =>
    run(process.execPath, [CLI_BUNDLE, 'live-build', '--tree', tree, '--no-config', '--ask']),
  );
  await step('lb build', () => inRoot('lb build'));
  const iso = readdirSync(tree).find((name) => name.endsWith('.iso'));
  if (iso === undefined) throw new BuildError('live-build made no ISO', 'see its messages above');
  renameSync(join(tree, iso), IMAGE);
}

function inRoot(command) {
  return run('sh', [IN_ROOT, ROOT, `cd /${TREE} && ${command}`]);
}
