import { dirname, join, normalize } from 'node:path';

/** Leaves of src/cli that all build-host code shares: errors for people, their words, output files, the package's own folder. */
const SHARED_FILES = new Set(
  ['embedded', 'errors', 'failure', 'io-error', 'package-dir', 'unpack-embedded', 'write-files'].map(
    (name) => `src/cli/${name}.ts`,
  ),
);
const SHARED = 'shared';
const DATA = 'data';

/**
 * What each layer of src/ may import: core <- system <- hook, prove, cli (docs/architecture.md). `packages` says
 * whether Node and npm are there at all: core runs everywhere, hook runs inside QuickJS.
 */
const LAYERS = {
  paths: { layers: [], packages: false },
  core: { layers: [], packages: false },
  system: { layers: ['core', 'paths'], packages: true },
  hook: { layers: ['core', 'system', 'paths'], packages: false },
  modules: { layers: ['core', 'paths', SHARED, DATA], packages: true },
  compile: { layers: ['core', 'paths', SHARED, DATA], packages: true },
  prove: { layers: ['core', 'system', 'paths', SHARED, DATA], packages: true },
  menu: { layers: ['core', SHARED], packages: false },
  install: { layers: ['core', 'paths', 'modules', SHARED, DATA], packages: true },
  config: { layers: ['core', 'modules', SHARED], packages: true },
  initrd: { layers: ['core', 'paths', SHARED], packages: true },
  check: { layers: ['core', 'paths', 'modules', 'install', 'initrd', SHARED, DATA], packages: true },
  'live-build': { layers: ['core', 'paths', 'install', SHARED], packages: true },
  [SHARED]: { layers: [], packages: true },
  cli: {
    layers: [
      'core',
      'system',
      'paths',
      'modules',
      'compile',
      'prove',
      'install',
      'menu',
      'config',
      'initrd',
      'check',
      'live-build',
      SHARED,
      DATA,
    ],
    packages: true,
  },
};

const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*['"]([^'"\n]+)['"]/g;

/** The import rule: what is wrong with the imports of one file of src/, a sentence for each. */
export function importProblems(path, text) {
  const layer = layerOf(path);
  const rule = LAYERS[layer];
  if (!rule) return [`${path}: src/${layer} is in no layer; add it to LAYERS in build/lint/imports.mjs`];
  const specifiers = Array.from(text.matchAll(SPECIFIER), (match) => match[1]);
  return specifiers.flatMap((specifier) => problem(path, layer, rule, specifier));
}

function problem(path, layer, rule, specifier) {
  if (!specifier.startsWith('.')) {
    return rule.packages
      ? []
      : [`${path}: imports '${specifier}': ${layer} may use neither Node nor packages`];
  }
  const target = layerOf(normalize(join(dirname(path), specifier)));
  if (target === layer || rule.layers.includes(target)) return [];
  return [`${path}: imports '${specifier}': ${layer} may import only ${[layer, ...rule.layers].join(', ')}`];
}

function layerOf(path) {
  if (path.startsWith('modprobe/') || path === 'package.json') return DATA;
  if (!path.startsWith('src/')) return 'outside src/';
  if (SHARED_FILES.has(path)) return SHARED;
  return path.split('/')[1].replace(/\.ts$/, '');
}
