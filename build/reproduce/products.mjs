import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CLI_BUNDLE } from '../bundle.mjs';
import { runStep } from './run.mjs';

const PACKAGES = 'build/packages.mjs';
const ROOT_LINK = 'root';
/** `blocklist` also ends with 1: listed, with something to report. */
const LISTED = [0, 1];

/** Makes everything in a site, in its dist/; returns what could not be made, with the reason. */
export async function makeProducts(site, root) {
  const node = (...args) => runStep(site, ['node', ...args]);
  await node('build/bundle.mjs');
  await node(CLI_BUNDLE, 'compile');
  await node('build/executable.mjs');
  await node('build/sbom.mjs');
  // What prepack does, less the set-up of this machine.
  await node('build/package-modes.mjs');
  await runStep(site, ['npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', 'dist']);
  return [...(await makeDebs(site, node)), ...(await makeLists(site, root))];
}

async function makeDebs(site, node) {
  if (!existsSync(join(site.directory, PACKAGES))) return [`*.deb: there is no ${PACKAGES}`];
  await node(PACKAGES);
  return [];
}

async function makeLists(site, root) {
  if (root === undefined)
    return ['blocklist.conf, manifest.json: no root with kernels; name one with --root'];
  symlinkSync(root, join(site.directory, ROOT_LINK));
  const files = ['--output', 'dist/blocklist.conf', '--manifest', 'dist/manifest.json'];
  const options = ['--root', ROOT_LINK, '--no-config', '--no-cache'];
  await runStep(site, ['node', CLI_BUNDLE, 'blocklist', ...options, ...files], LISTED);
  return [];
}
