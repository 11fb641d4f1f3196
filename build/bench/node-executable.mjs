import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { bundleFile } from '../lib/esbuild.mjs';

const DIR = '.cache/bench';

/**
 * The hook's own program as a Node executable, made by pkg in its SEA mode from the running Node (its other modes fetch
 * a base binary); returns its path. Throws when pkg injected nothing, because pkg itself does not notice.
 */
export async function makeNodeExecutable() {
  mkdirSync(DIR, { recursive: true });
  const bundle = resolve(DIR, 'hook.cjs');
  const output = resolve(DIR, 'macveil-hook-node');
  // pkg would only warn that it is there, and an old one must not be measured.
  rmSync(output, { force: true });
  await bundleFile({ entryPoints: ['build/bench/hook-node.ts'], format: 'cjs' }, bundle);
  await pack(bundle, output);
  if (readFileSync(output).includes('net-add IFINDEX')) return output;
  throw new Error(`${output} does not hold the program: postject did not run`);
}

// pkg works in a temporary folder and calls `npx postject` there: inside the project, npx finds the one we installed.
async function pack(bundle, output) {
  const { default: sea } = createRequire(import.meta.url)('@yao-pkg/pkg/lib-es5/sea.js');
  const target = { nodeRange: 'node20', platform: 'linux', arch: process.arch, output };
  const before = process.env.TMPDIR;
  process.env.TMPDIR = resolve(DIR);
  try {
    await sea(bundle, { useLocalNode: true, targets: [target] });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
