// Builds the demo image, a live Debian 13 with macveil in it, unless the one that is there is current.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildImage, imagePath, isCurrent } from './image/build.mjs';
import { BuildError } from './image/build-error.mjs';
import { makeProgress } from './image/progress.mjs';
import { stopOnSignals } from './image/run.mjs';
import { empty, IMAGE_CACHE } from './image/workspace.mjs';

const USAGE = `usage: node build/image.mjs [--plain] [--fresh]
  --plain  the same Debian without macveil: .cache/image/plain.iso, the positive control of a proof
  --fresh  forget what is cached: the Debian root too is made anew, from today's packages`;

process.chdir(new URL('..', import.meta.url).pathname);
try {
  process.exitCode = await main(options());
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`image: ${error.message}\n  ${error.hint}`);
  process.exitCode = 1;
}

function options() {
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({ options: { plain: flag, fresh: flag } }).values;
  } catch (error) {
    throw new BuildError(error.message, USAGE);
  }
}

async function main({ plain, fresh }) {
  if (!fresh && isCurrent(plain)) {
    console.log(`image: ${imagePath(plain)} is current`);
    return 0;
  }
  // As the user, so that other products find room beside it.
  mkdirSync(IMAGE_CACHE, { recursive: true });
  if (process.getuid() !== 0) return asRoot();
  if (fresh) await empty(IMAGE_CACHE);
  stopOnSignals();
  await buildImage(plain, makeProgress('image'));
  console.log(`image: ${imagePath(plain)} is ready`);
  return 0;
}

/** Device nodes, owners and chroot need root; only this step does. */
function asRoot() {
  console.log('image: building a root file system needs root: asking sudo');
  const { status, error } = spawnSync('sudo', [process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
  });
  if (error)
    throw new BuildError(`sudo cannot be started (${error.code})`, 'run as root: node build/image.mjs');
  return status ?? 1;
}
