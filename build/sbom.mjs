// Writes the bills of materials of hook and executable, which must be built: node build/sbom.mjs [--check]
// With --check it compares those that are there with what is inside, and writes nothing.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFile } from './lib/esbuild.mjs';

const BUNDLE = '.cache/sbom/main.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// What goes into the hook is said by the TypeScript that compiles it.
await bundleFile({ entryPoints: ['build/sbom/main.ts'], packages: 'external', sourcemap: 'inline' }, BUNDLE);
const { checkBills, writeBills } = await import(resolve(BUNDLE));
if (process.argv[2] === '--check') report(await checkBills());
else await writeBills();

function report(differences) {
  for (const difference of differences) console.error(difference);
  console.log(`sbom: ${differences.length} differences`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}
