import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { HOOK, PACKAGED } from '../../src/paths.ts';
import { listing, packagedText, writeFiles } from '../install/fixture.ts';
import { assertError, prepare } from './install-fixture.ts';
import { macveil } from './run.ts';

function prepareWithPackage() {
  const prepared = prepare();
  assert.is(prepared.install().exitCode, 0);
  writeFiles(prepared.root, { [PACKAGED.slice(1)]: packagedText(HOOK) });
  return prepared;
}

test("where a package has placed the hook, one of the caller's own is one error, and nothing is placed", () => {
  const { root, install } = prepareWithPackage();
  const before = listing(root);
  assertError(
    install(),
    EXIT.input,
    /of a package, and --hook cannot replace it\n {2}hint: leave out --hook/,
  );
  assert.equal(listing(root), before);
});

test('uninstall leaves what the package has placed, and says so', () => {
  const { root } = prepareWithPackage();
  assert.match(macveil('uninstall', '--root', root).stderr, 'what the package macveil-hook placed stays');
  assert.ok(existsSync(join(root, HOOK)));
});

test.run();
