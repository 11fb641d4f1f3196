import { bundleFile } from '../lib/esbuild.mjs';

/** The program that gives inputs to parsers, in one file. */
export async function bundleWorker(entry = 'build/fuzz/worker.ts', outfile = '.cache/fuzz/worker.mjs') {
  await bundleFile({ entryPoints: [entry], packages: 'external', sourcemap: 'inline' }, outfile);
  return outfile;
}
