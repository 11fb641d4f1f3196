// Bundles the command line into dist/macveil.mjs: one file that runs with nothing but Node; and what configurations import.
import { readdirSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDeclarations } from './lib/declarations.mjs';
import { bundleFile } from './lib/esbuild.mjs';
import { isMain } from './lib/main.mjs';

/** Where the bundled command stands; package.json's `bin` names the same file. */
export const CLI_BUNDLE = 'dist/macveil.mjs';
/** What `import { defineConfig } from 'macveil'` gives; package.json's `exports` names the same file and its types. */
const CONFIG_BUNDLE = 'dist/config.mjs';
const CONFIG_SOURCE = 'src/config/config.ts';

// Some bundled packages are CommonJS and call require(), which an ES module does not have by itself.
const BANNER = `#!/usr/bin/env node
import { createRequire as macveilCreateRequire } from 'node:module';
const require = macveilCreateRequire(import.meta.url);`;

const LINKS_SOURCE = /src\/install\/hook-links\.ts$/;
const HOOKS = 'hooks';

/** How dist/macveil.mjs is bundled. */
export const CLI_OPTIONS = {
  entryPoints: ['src/cli/main.ts'],
  external: ['esbuild'],
  banner: { js: BANNER },
  plugins: [{ name: 'hook-links', setup: keepLinks }],
};

/** Writes dist/macveil.mjs (esbuild itself cannot be bundled; compile and configurations in TypeScript need it); throws esbuild's BuildFailure, whose message holds each error with its place. */
export async function bundleCli() {
  await bundleFile(CLI_OPTIONS, CLI_BUNDLE, 0o755);
}

function keepLinks(build) {
  build.onLoad({ filter: LINKS_SOURCE }, () => ({
    contents: `export const HOOK_LINKS = ${JSON.stringify(hookLinks())};`,
  }));
}

function hookLinks() {
  const links = readdirSync(HOOKS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(links.sort().map((link) => [relative(HOOKS, link), readlinkSync(link)]));
}

async function bundleConfigApi() {
  await bundleFile({ entryPoints: [CONFIG_SOURCE] }, CONFIG_BUNDLE);
  writeDeclarations(CONFIG_SOURCE, 'dist');
}

if (isMain(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  await bundleCli();
  await bundleConfigApi();
  console.log(`built ${CLI_BUNDLE} and ${CONFIG_BUNDLE}`);
}
