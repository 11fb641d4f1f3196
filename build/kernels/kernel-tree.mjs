import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { BuildError } from '../image/build-error.mjs';
import { KERNEL_CACHE, productPath } from './cache.mjs';
import { EXIT_MISSING, MissingError, missingReason } from './missing.mjs';
import { PRODUCTS } from './products.mjs';

/**
 * The root directory of a kernel by its name in products.mjs (boot, usr/lib/modules with depmod's indexes, lib); made when it
 * is not there, which takes the network; a MissingError when the host's archive does not offer it. The working directory
 * must be the repository.
 */
export async function kernelTree(name) {
  if (!Object.hasOwn(PRODUCTS, name))
    throw new BuildError(`there is no kernel ${name}`, `one of: ${Object.keys(PRODUCTS).join(', ')}`);
  const place = productPath(name, PRODUCTS[name]);
  if (!existsSync(place)) await makeLocked(name, PRODUCTS[name]);
  return place;
}

/** Makes it in a process of its own, one at a time; what that starts holds the lock as well. */
async function makeLocked(name, { asRoot = false }) {
  mkdirSync(KERNEL_CACHE, { recursive: true });
  const sudo = asRoot && process.getuid() !== 0 ? ['sudo'] : [];
  const make = [...sudo, process.execPath, 'build/kernels.mjs', '--locked', name];
  // Without a fork, what asks this process to end reaches the one at work.
  const lock = ['--no-fork', join(KERNEL_CACHE, 'lock')];
  const options = { stdio: 'inherit', reject: false };
  const { failed, exitCode } = await execa('flock', [...lock, ...make], options);
  if (exitCode === EXIT_MISSING) throw new MissingError(missingReason(KERNEL_CACHE, name));
  if (failed) throw new BuildError(`${name} could not be made`, 'the reason is above');
}
