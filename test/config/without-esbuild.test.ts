import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { withRoot } from '../modules/make-root.ts';

const BESIDE_NOTHING = "import 'macveil';\nexport default {};\n";
const CASES: [string, string, number, RegExp][] = [
  [
    'macveil.config.ts',
    'export default {};',
    EXIT.tool,
    /run `npm ci` .*, or write the configuration as macveil\.config\.mjs/,
  ],
  [
    'macveil.config.mjs',
    BESIDE_NOTHING,
    EXIT.tool,
    /'macveil'.*\n.*run `npm ci` .*, or leave out that import/,
  ],
  [
    'macveil.config.mjs',
    'export default {',
    EXIT.input,
    /Unexpected end of input\n.*correct the configuration/,
  ],
];

for (const [name, text, code, message] of CASES) {
  test(`where esbuild is not installed, ${name} with ${JSON.stringify(text)} ends with ${code} and a way out`, () =>
    withRoot({ [name]: text }, (folder) => {
      const program = join(folder, 'macveil.mjs');
      copyFileSync(join(process.cwd(), 'dist/macveil.mjs'), program);
      const args = [program, 'blocklist', '--root', '.', '--no-cache'];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      assert.is(status, code, stderr);
      assert.match(stderr, message);
    }));
}

test.run();
