import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { makeRoot, scratch } from '../install/fixture.ts';
import { addKernel, macveilWith } from './run.ts';

const HARMLESS = 'export {};';
const FAULTS: [string, string, RegExp][] = [
  [
    'waits for what never comes',
    `import fs from 'node:fs/promises';
     import { syncBuiltinESMExports } from 'node:module';
     fs.open = () => new Promise(() => {});
     syncBuiltinESMExports();`,
    /waits for something that nothing will bring/,
  ],
  [
    'fails where nobody waits for it',
    "process.once('newListener', () => setImmediate(() => { throw new Error('left alone'); }));",
    /left alone/,
  ],
];

for (const [what, preload, message] of FAULTS) {
  test(`a command that ${what} is a defect that says so, never a finding`, () => {
    const { exitCode, stderr } = macveilWith(preload, 'blocklist', '--root', root());
    assert.is(exitCode, EXIT.internal, stderr);
    assert.match(stderr, message);
    assert.match(stderr, 'this is a defect in macveil');
  });
}

test('the same command without a fault ends well', () => {
  assert.is(macveilWith(HARMLESS, 'blocklist', '--root', root()).exitCode, EXIT.ok);
});

function root(): string {
  const directory = makeRoot(join(scratch(), 'root'));
  addKernel(directory);
  return directory;
}

test.run();
