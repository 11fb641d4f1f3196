import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { COMMON } from '../lib/esbuild.mjs';
import { EXECUTABLE, EXECUTABLE_OPTIONS } from '../lib/executable-options.mjs';
import { nodePart } from './node-part.ts';
import { foldersInBundle, npmPart, packageFolders } from './npm-parts.ts';
import { ownPart, VERSION } from './own-parts.ts';
import { genericPurl, type Part, sha256Of } from './part.ts';

const HOOKS = 'hooks';

type BundleOptions = BuildOptions & { write: false; metafile: true };

/** The executable with all that is in it: Node, npm packages, our own sources, the integrations, the hook. */
export async function executablePart(hook: Part): Promise<Part> {
  const { inputs, folders } = await bundleAgain();
  return {
    type: 'application',
    name: 'macveil',
    version: VERSION,
    purl: genericPurl('macveil', VERSION),
    hashes: sha256Of(EXECUTABLE),
    parts: [
      nodePart(),
      ...folders.map(npmPart),
      ownPart(
        'macveil: TypeScript and data',
        'src',
        inputs.filter((path) => !path.includes('node_modules/')),
      ),
      ownPart('macveil: integrations', HOOKS, filesBelow(HOOKS)),
      hook,
    ],
  };
}

/** What esbuild takes now must be what is in the executable; its own marks in the bundle are a second opinion. */
async function bundleAgain() {
  const options = { ...COMMON, ...EXECUTABLE_OPTIONS, format: 'cjs', outfile: EXECUTABLE, metafile: true };
  // The options of plain JavaScript have wider types than esbuild asks for.
  const { metafile, outputFiles } = await build(options as BundleOptions);
  const [bundle] = outputFiles;
  if (bundle === undefined || !readFileSync(EXECUTABLE).includes(Buffer.from(bundle.contents)))
    throw new Error(`${EXECUTABLE} is not what these sources give; run: npm run executable`);
  const inputs = Object.keys(metafile.inputs);
  const folders = packageFolders(inputs);
  const unlisted = foldersInBundle(bundle.text).filter((folder) => !folders.includes(folder));
  if (unlisted.length > 0)
    throw new Error(`the bundle holds packages that esbuild did not name: ${unlisted}`);
  return { inputs, folders };
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
}
