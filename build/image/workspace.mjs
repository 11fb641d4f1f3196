import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

/** Where images and what they are made from are kept. */
export const IMAGE_CACHE = '.cache/image';
const PREFIX = 'building-';

/** Calls `work` with a new folder that is gone afterwards, whatever happens; what should stay is renamed out of it. */
export async function inWorkspace(work) {
  mkdirSync(IMAGE_CACHE, { recursive: true });
  await removeAbandoned();
  const directory = mkdtempSync(join(IMAGE_CACHE, `${PREFIX}${process.pid}-`));
  try {
    return await work(directory);
  } finally {
    await remove(directory);
  }
}

/** Removes a tree; never what may be mounted in it. */
export async function remove(path) {
  await execa('rm', ['-rf', '--one-file-system', path]);
}

/** Removes what is in a folder, and not the folder: as root a new one would be root's. Running builds keep theirs. */
export async function empty(directory) {
  const names = readdirSync(directory).filter((name) => !name.startsWith(PREFIX));
  for (const name of names) await remove(join(directory, name));
}

// A build that was killed outright could not tidy up; its process number tells that it is no longer there.
async function removeAbandoned() {
  const names = readdirSync(IMAGE_CACHE).filter((name) => name.startsWith(PREFIX));
  const abandoned = names.filter((name) => !isRunning(Number.parseInt(name.slice(PREFIX.length), 10)));
  for (const name of abandoned) await remove(join(IMAGE_CACHE, name));
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
