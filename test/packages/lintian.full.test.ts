// needs: macveil-hook, packages
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scratch } from '../install/fixture.ts';

const CONTROL = `Package: faulty
Version: 1
Architecture: all
Maintainer: nobody <nobody@macveil.invalid>
Description: a package with a file where none may be
`;

/** What lintian says of packages that is more than a note. */
async function complaints(...packages: string[]): Promise<string[]> {
  const { stdout } = await execa('lintian', ['--allow-root', '--tag-display-limit', '0', ...packages], {
    reject: false,
  });
  return stdout.split('\n').filter((line) => /^[EW]:/.test(line));
}

test('lintian has nothing against the packages', async () => {
  const packages = readdirSync('dist').filter((name) => name.endsWith('.deb'));
  assert.is(packages.length, 2);
  assert.equal(await complaints(...packages.map((name) => join('dist', name))), []);
});

test('lintian would complain', async () => {
  const tree = join(scratch(), 'faulty');
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  mkdirSync(join(tree, 'usr/local/bin'), { recursive: true });
  writeFileSync(join(tree, 'DEBIAN/control'), CONTROL);
  writeFileSync(join(tree, 'usr/local/bin/program'), '');
  await execa('dpkg-deb', ['--build', tree, `${tree}.deb`]);
  assert.match((await complaints(`${tree}.deb`)).join('\n'), 'file-in-usr-local');
});

test.run();
