import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CLI_BUNDLE } from '../bundle.mjs';
import { runStep } from './run.mjs';

const PACKAGES = 'build/packages.mjs';
const ROOT_LINK = 'root';
/** `blocklist` also ends with 1: listed, with something to report. */
const LISTED = [0, 1];

/** Makes everything in a site, in its dist/; returns what could not be made, with the reason. */
export function makeProducts(site, root) {
  const node = (...args) => runStep(site, ['node', ...args]);
  node('build/bundle.mjs');
  node(CLI_BUNDLE, 'compile');
  node('build/executable.mjs');
  node('build/sbom.mjs');
  // What prepack does, less the set-up of this machine.
  node('build/package-modes.mjs');
  runStep(site, ['npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', 'dist']);
  return [...makeDebs(site, node), ...makeLists(site, root)];
}

function makeDebs(site, node) {
  if (!existsSync(join(site.directory, PACKAGES))) return [`*.deb: there is no ${PACKAGES}`];
  node(PACKAGES);
  return [];
}

function makeLists(site, root) {
  if (root === undefined)
    return ['blocklist.conf, manifest.json: no root with kernels; name one with --root'];
  symlinkSync(root, join(site.directory, ROOT_LINK));
  const files = ['--output', 'dist/blocklist.conf', '--manifest', 'dist/manifest.json'];
  const options = ['--root', ROOT_LINK, '--no-config', '--no-cache'];
  runStep(site, ['node', CLI_BUNDLE, 'blocklist', ...options, ...files], LISTED);
  return [];
}
