// Makes completions/bash/macveil from the parser of the command line: node build/completion.mjs

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundleFile } from './lib/esbuild.mjs';

process.chdir(new URL('..', import.meta.url).pathname);
const PROGRAM = '.cache/completion/format.mjs';
const OUTPUT = 'completions/bash/macveil';

await bundleFile({ entryPoints: ['build/completion/format.ts'], packages: 'external' }, PROGRAM);
const { formatCompletion } = await import(pathToFileURL(PROGRAM).href);
writeFileSync(OUTPUT, await formatCompletion());
console.log(OUTPUT);
