import { statSync } from 'node:fs';
import { sourceFiles } from '../lib/files.mjs';

const TEST = /\.test\.ts$/;
const FULL = /\.full\.test\.ts$/;

/** The test files to run: all below the given paths; those of `--full` only with it, or when named one by one. */
export function selectTests(paths, full) {
  if (paths.length === 0) return testsBelow('test', full);
  return [...new Set(paths.flatMap((path) => testsAt(path, full)))];
}

/** VM scenarios boot machines: they share the processors only with each other, and have more time. */
export function isVmTest(file) {
  return file.startsWith('test/vm/');
}

/** Tests that only a full run has. */
export function isFullTest(file) {
  return FULL.test(file);
}

/** Tests of real kernels read thousands of modules, most of them several times. */
export function isKernelTest(file) {
  return file.startsWith('test/kernels/');
}

function testsAt(path, full) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error(`${path}: no such test file or folder`);
  const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
  const files = stat.isDirectory() ? testsBelow(plain, full) : [plain].filter((file) => TEST.test(file));
  if (files.length === 0) throw new Error(`${path}: no *.test.ts there; test files are below test/`);
  return files;
}

function testsBelow(directory, full) {
  return sourceFiles(directory).filter((file) => TEST.test(file) && (full || !isFullTest(file)));
}
