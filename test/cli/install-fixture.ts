import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { parseManifest } from '../../src/core/manifest.ts';
import { makeHook, makeRoot, scratch } from '../install/fixture.ts';
import { addKernel, type CommandResult, errorLines, macveil } from './run.ts';

/** Where the manifest of a root stands. */
export const MANIFEST = 'usr/lib/macveil/manifest.json';

/** A root with a kernel, a hook, and the command that installs it there. */
export function prepare(directory = scratch(), hookSize = 64) {
  const root = makeRoot(join(directory, 'root'));
  const kernel = addKernel(root);
  const hook = makeHook(join(scratch(), 'hook'), hookSize);
  const install = (...more: string[]) => macveil('install', '--root', root, '--hook', hook, ...more);
  return { root, kernel, hook, install };
}

/** The policy that a root was installed with. */
export function policyOf(root: string) {
  return parseManifest(readFileSync(join(root, MANIFEST), 'utf8'))?.policy;
}

/** One error, with this exit code and these words. */
export function assertError(result: CommandResult, exitCode: number, message: RegExp): void {
  assert.is(result.exitCode, exitCode, result.stderr);
  assert.is(errorLines(result).length, 1);
  assert.match(result.stderr, message);
}
