// needs: macveil-hook, executable
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FINDING_KINDS } from '../../src/check/finding.ts';
import { EXIT } from '../../src/cli/errors.ts';
import { makeRoot, scratch } from '../install/fixture.ts';
import { addKernel } from './run.ts';

const EXECUTABLE = join(process.cwd(), 'dist/macveil');
const HOOK = 'usr/lib/macveil/macveil-hook';

/** Runs it where no Node can be found, with a folder of its own for temporary files. */
function run(args: string[], cwd = scratch()) {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TMPDIR: scratch() };
  const result = execaSync(EXECUTABLE, args, { cwd, env, extendEnv: false, reject: false });
  assert.equal(readdirSync(env.TMPDIR), [], 'it leaves nothing in the folder for temporary files');
  return result;
}

test('the executable installs the hook and the integrations that it carries, without its package', () => {
  const root = makeRoot(join(scratch(), 'root'));
  addKernel(root);
  const result = run(['install', '--root', root, '--no-cache']);
  assert.is(result.exitCode, EXIT.ok, result.stderr);
  assert.ok(existsSync(join(root, HOOK)));
  assert.ok(existsSync(join(root, 'usr/share/initramfs-tools/hooks/macveil')));
  const again = run(['install', '--root', root, '--no-cache']);
  assert.match(again.stdout, 'nothing to change');
  rmSync(join(root, HOOK));
  const checked = run(['check', '--root', root]);
  assert.is(checked.exitCode, FINDING_KINDS.hook.exitCode, checked.stderr);
});

test('what it cannot do it says, with what can', () => {
  const result = run(['compile']);
  assert.is(result.exitCode, EXIT.tool);
  assert.match(result.stderr, /carries a compiled hook[\s\S]*dist\/macveil\.mjs/);
});

test.run();
