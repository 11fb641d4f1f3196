// Builds dist/macveil: the command line, the hook and all integrations in one executable, for systems without Node.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXECUTABLE, EXECUTABLE_OPTIONS } from './lib/executable-options.mjs';
import { isMain } from './lib/main.mjs';
import { packWithNode } from './lib/pack-node.mjs';

export { EXECUTABLE };

if (isMain(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  await packWithNode(EXECUTABLE_OPTIONS, EXECUTABLE, '.cache/executable');
  console.log(`built ${EXECUTABLE}: ${(statSync(EXECUTABLE).size / 2 ** 20).toFixed(0)} MiB`);
}
