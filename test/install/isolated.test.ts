import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isolatedScript } from '../../src/install/isolated.ts';

test('in the running system a script runs as it is, with the root and its words', () => {
  const [program, args] = isolatedScript('echo "$root: $*"', '/', ['two', 'words']);
  assert.is(program, 'sh');
  assert.is(execaSync(program, args).stdout, '/: two words');
});

test('for another root it runs in namespaces of its own', () => {
  assert.is(isolatedScript('true', '/srv/root', [])[0], 'unshare');
});

test.run();
