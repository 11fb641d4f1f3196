import { spawnSync } from 'node:child_process';

/**
 * Writes the types of a source file that imports nothing: NAME.d.ts in a folder, for the editors of those who import it.
 * Throws with what the compiler says.
 */
export function writeDeclarations(entry, folder) {
  const output = ['--declaration', '--emitDeclarationOnly', '--outDir', folder];
  const args = [entry, '--ignoreConfig', '--strict', '--types', 'node', ...output];
  const run = spawnSync('node_modules/.bin/tsc', args, { encoding: 'utf8' });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`no types could be made of ${entry}\n${run.stdout}`);
}
