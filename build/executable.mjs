// Builds dist/macveil: the command line, the hook and all integrations in one executable, for systems without Node.
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMain } from './lib/main.mjs';
import { packWithNode } from './lib/pack-node.mjs';

/** Where the executable stands. */
export const EXECUTABLE = 'dist/macveil';
const EMBEDDED_SOURCE = /src\/cli\/embedded\.ts$/;
/** What the command line takes from its package's folder (src/cli/package-dir.ts). */
const PARTS = ['package.json', 'dist/macveil-hook', 'hooks'];
/** Modules of a CommonJS bundle have no address of their own; the program's is the next best. */
const ADDRESS = 'macveilAddress';
const BANNER = `const ${ADDRESS} = require('node:url').pathToFileURL(process.execPath).href;`;

if (isMain(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  await packWithNode(
    {
      entryPoints: ['src/cli/main.ts'],
      external: ['esbuild'],
      define: { 'import.meta.url': ADDRESS },
      banner: { js: BANNER },
      plugins: [{ name: 'embedded', setup: embed }],
    },
    EXECUTABLE,
    '.cache/executable',
  );
  console.log(`built ${EXECUTABLE}: ${(lstatSync(EXECUTABLE).size / 2 ** 20).toFixed(0)} MiB`);
}

function embed(build) {
  build.onLoad({ filter: EMBEDDED_SOURCE }, () => ({
    contents: `export const EMBEDDED = ${JSON.stringify(Object.fromEntries(PARTS.flatMap(filesOf)))};`,
  }));
}

function filesOf(path) {
  const stat = lstatSync(path);
  if (stat.isDirectory())
    return readdirSync(path)
      .sort()
      .flatMap((name) => filesOf(join(path, name)));
  if (stat.isSymbolicLink()) return [[path, { target: readlinkSync(path) }]];
  return [[path, { content: readFileSync(path).toString('base64') }]];
}
