// Writes the completion for bash, so that no Node runs when a key is pressed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI_BUNDLE } from './bundle.mjs';
import { COMPLETION, completion } from './lib/completion.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
mkdirSync(dirname(COMPLETION), { recursive: true });
writeFileSync(COMPLETION, completion(CLI_BUNDLE));
console.log(`wrote ${COMPLETION}`);
