import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { bundleFile } from './esbuild.mjs';

/**
 * Bundles a program and packs it with the running Node into one executable, by pkg in its SEA mode (its other modes fetch a
 * base binary). `work` is a folder for what comes in between. The file gets its place when it is complete.
 */
export async function packWithNode(options, output, work) {
  mkdirSync(work, { recursive: true });
  const bundle = resolve(work, 'bundle.cjs');
  const fresh = resolve(work, 'executable');
  // pkg would only warn that it is there.
  rmSync(fresh, { force: true });
  await bundleFile({ ...options, format: 'cjs' }, bundle);
  await pack(bundle, fresh, work);
  mkdirSync(dirname(output), { recursive: true });
  renameSync(fresh, output);
}

// pkg works in a temporary folder and calls `npx postject` there: inside the project, npx finds the one we installed.
async function pack(bundle, output, work) {
  const { default: sea } = createRequire(import.meta.url)('@yao-pkg/pkg/lib-es5/sea.js');
  const target = { nodeRange: 'node20', platform: 'linux', arch: process.arch, output };
  const before = process.env.TMPDIR;
  process.env.TMPDIR = resolve(work);
  try {
    await sea(bundle, { useLocalNode: true, targets: [target] });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
