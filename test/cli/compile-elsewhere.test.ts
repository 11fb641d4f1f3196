import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { scratch } from '../install/fixture.ts';

test('where only the command line and a compiled hook are, as in the Debian package, compile says what can', async () => {
  const home = scratch();
  mkdirSync(join(home, 'hooks'));
  for (const name of ['package.json', 'dist/macveil.mjs']) cpSync(name, join(home, name));
  const { exitCode, stderr } = await execaNode(join(home, 'dist/macveil.mjs'), ['compile'], {
    reject: false,
  });
  assert.is(exitCode, EXIT.tool);
  assert.match(stderr, /carries a compiled hook[\s\S]*dist\/macveil\.mjs/);
});

test.run();
