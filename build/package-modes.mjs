// Gives the files of the npm package the same modes whoever packs it: a checkout has those of its umask, and npm keeps them.
import { spawnSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OWNER_EXECUTES = 0o100;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
for (const { path } of packedFiles()) {
  const { mode } = statSync(path);
  const wanted = mode & OWNER_EXECUTES ? 0o755 : 0o644;
  if ((mode & 0o777) !== wanted) chmodSync(path, wanted);
}

// npm itself says what it would pack.
function packedFiles() {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { status, stdout, stderr, error } = spawnSync('npm', args, { encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${error?.code ?? stderr}`);
  return JSON.parse(stdout)[0].files;
}
