import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { bundleFile } from './esbuild.mjs';

const BUNDLE = 'bundle.cjs';

/**
 * Bundles a program and packs it with the running Node into one executable, by pkg in its SEA mode (its other modes fetch a
 * base binary). `work` is a folder for what comes in between. The file gets its place when it is complete.
 */
export async function packWithNode(options, output, work) {
  mkdirSync(work, { recursive: true });
  const bundle = resolve(work, BUNDLE);
  const fresh = resolve(work, 'executable');
  // pkg would only warn that it is there.
  rmSync(fresh, { force: true });
  await bundleFile({ ...options, format: 'cjs' }, bundle);
  await pack(bundle, fresh, work);
  mkdirSync(dirname(output), { recursive: true });
  renameSync(fresh, output);
}

// The name of the script gets into the executable: from the folder in which pkg works (TMPDIR/pkg-sea/TIME) it is the same for everybody.
const MAIN = join('..', '..', BUNDLE);

// pkg calls `npx postject` in its temporary folder: inside the project, npx finds the one we installed.
async function pack(bundle, output, work) {
  const { default: sea } = createRequire(import.meta.url)('@yao-pkg/pkg/lib-es5/sea.js');
  const target = { nodeRange: 'node20', platform: 'linux', arch: process.arch, output };
  const before = process.env.TMPDIR;
  process.env.TMPDIR = resolve(work);
  try {
    await sea(bundle, { useLocalNode: true, targets: [target], seaConfig: { main: MAIN } });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
