import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Where the executable stands. */
export const EXECUTABLE = 'dist/macveil';
const EMBEDDED_SOURCE = /src\/cli\/embedded\.ts$/;
/** What the command line takes from its package's folder (src/cli/package-dir.ts). */
const PARTS = ['package.json', 'dist/macveil-hook', 'hooks'];
/** Modules of a CommonJS bundle have no address of their own; the program's is the next best. */
const ADDRESS = 'macveilAddress';
const BANNER = `const ${ADDRESS} = require('node:url').pathToFileURL(process.execPath).href;`;
/** How its program is bundled. */
export const EXECUTABLE_OPTIONS = {
  entryPoints: ['src/cli/main.ts'],
  external: ['esbuild'],
  define: { 'import.meta.url': ADDRESS },
  banner: { js: BANNER },
  plugins: [{ name: 'embedded', setup: embed }],
};

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
