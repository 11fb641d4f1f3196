import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFile } from '../lib/esbuild.mjs';

const SOURCE = 'src/modules/enumerate.ts';
const BUNDLE = '.cache/kernels/enumerate.mjs';

/** What macveil makes of the one kernel of a root, with the facts; scripts run before anything is bundled, so this does it. */
export async function analyseTree(root) {
  await bundleFile({ entryPoints: [SOURCE], packages: 'external' }, BUNDLE);
  const { analyseRoot } = await import(pathToFileURL(resolve(BUNDLE)).href);
  return (await analyseRoot(root)).kernels[0];
}
