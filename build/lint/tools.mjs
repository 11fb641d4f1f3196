import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { sourceFiles } from '../lib/files.mjs';

/** Where shell files live: what goes into an image, the build's own, examples, and the one the project's CI calls. */
const SHELL_FOLDERS = ['hooks', 'build', 'docs/examples', '.ci'];
const SHELL_SHEBANG = /^#! ?\/(?:usr\/)?bin\/(?:env )?(?:sh|ash|bash|dash)\b|^# shellcheck shell=/;

/** Runs a checker; its whole output is the problem when it does not exit with 0, or cannot be started. */
export function runTool(program, args, install) {
  const run = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  if (run.error) return [`${program} cannot be started (${run.error.message}); ${install}`];
  return run.status === 0
    ? []
    : [`${run.stdout}${run.stderr}`.trim() || `${program} exited with ${run.status}`];
}

/** True when the text's first line names a POSIX shell or bash, or tells shellcheck of one: files that are only sourced. */
export function isShell(text) {
  return SHELL_SHEBANG.test(text);
}

/** Every shell file of the project, told by its first line: boot scripts have no extension. */
export function shellFiles() {
  return SHELL_FOLDERS.flatMap((folder) => sourceFiles(folder)).filter((path) =>
    isShell(readFileSync(path, 'utf8')),
  );
}

/** shellcheck over every shell file. */
export function shellcheck() {
  const files = shellFiles();
  if (files.length === 0) return [];
  return runTool('shellcheck', files, 'install the Debian package shellcheck');
}

/** The TypeScript compiler as a checker; the bundler itself never looks at types. */
export function types() {
  return runTool('node_modules/.bin/tsc', ['--noEmit'], 'run npm ci');
}

/** Format and lint of every file that biome knows. */
export function biome() {
  return runTool('node_modules/.bin/biome', ['ci', '--colors=off', '--max-diagnostics=20'], 'run npm ci');
}
