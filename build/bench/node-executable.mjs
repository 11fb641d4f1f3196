import { readFileSync } from 'node:fs';
import { packWithNode } from '../lib/pack-node.mjs';

const OUTPUT = '.cache/bench/macveil-hook-node';

/** The hook's own program as a Node executable; returns its path. Throws when pkg injected nothing, because pkg itself does not notice. */
export async function makeNodeExecutable() {
  await packWithNode({ entryPoints: ['build/bench/hook-node.ts'] }, OUTPUT, '.cache/bench/pack');
  if (readFileSync(OUTPUT).includes('net-add IFINDEX')) return OUTPUT;
  throw new Error(`${OUTPUT} does not hold the program: postject did not run`);
}
