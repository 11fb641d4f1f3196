import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build-error.mjs';
import { contentKey } from './key.mjs';
import { makeProgress } from './progress.mjs';
import { stopOnSignals } from './run.mjs';
import { remove } from './workspace.mjs';

/** Calls `build` with a step reporter to fill the folder `cache`, unless it was filled from the same inputs; an expected failure is told. */
export async function makeProduct({ name, cache, inputs }, build) {
  try {
    await refresh(name, cache, contentKey(inputs), build);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`${name}: ${error.message}\n  ${error.hint}`);
    process.exitCode = 1;
  }
}

async function refresh(name, cache, key, build) {
  const keyFile = join(cache, 'key');
  if (existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) {
    console.log(`${name}: ${cache} is current`);
    return;
  }
  stopOnSignals();
  mkdirSync(cache, { recursive: true });
  // Half-built is not current.
  await remove(keyFile);
  await build(makeProgress(name));
  writeFileSync(keyFile, key);
  console.log(`${name}: ${cache} is ready`);
}
