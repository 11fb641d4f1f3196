import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { sourceFiles } from '../lib/files.mjs';
import { importProblems } from './imports.mjs';
import { addressProblems, hookShellProblems, lockfileProblems, sizeWarnings } from './text-rules.mjs';
import { biome, shellcheck, types } from './tools.mjs';

const TYPESCRIPT = /^src\/.*(?<!\.d)\.ts$/;

/** Every linter: its name, how to find problems, and, where a rule is only advice, how to find warnings. */
const LINTERS = [
  { name: 'types', problems: types },
  { name: 'format and lint', problems: biome },
  { name: 'shellcheck', problems: shellcheck },
  { name: 'import direction', problems: () => inFiles(importProblems, (path) => TYPESCRIPT.test(path)) },
  { name: 'shell in hooks is short', problems: () => inFiles(hookShellProblems) },
  { name: 'no package hosts', problems: () => [...inFiles(addressProblems), ...inFiles(lockfileProblems)] },
  { name: 'file sizes', problems: () => [], warnings: () => inFiles(sizeWarnings) },
];

/** Runs every linter and hands on one result each, in the shape of a test file's. */
export function runLinters(onResult) {
  for (const { name, problems, warnings } of LINTERS) {
    const start = performance.now();
    const found = problems();
    const failed = found.length > 0 ? 1 : 0;
    const seconds = (performance.now() - start) / 1000;
    const counts = { passed: 1 - failed, failed, skipped: 0, reasons: [] };
    onResult({
      name: `lint: ${name}`,
      ...counts,
      output: found.join('\n'),
      why: '',
      warnings: warnings?.() ?? [],
      seconds,
    });
  }
}

function inFiles(rule, wanted = () => true) {
  return sourceFiles()
    .filter(wanted)
    .flatMap((path) => rule(path, readFileSync(path, 'utf8')));
}
