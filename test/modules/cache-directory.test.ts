import { chmodSync, chownSync, existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cacheDirectory } from '../../src/modules/cache/directory.ts';
import { openCache } from '../../src/modules/cache/open.ts';
import { skipTest } from '../skip.ts';
import { withRoot } from './make-root.ts';

/** nobody of Debian; any user but the one that runs the tests would do. */
const SOMEBODY_ELSE = 65534;

test('the cache is in XDG_CACHE_HOME, for its owner alone', () =>
  inFolder((home) => {
    const path = join(home, 'xdg/macveil');
    assert.equal(cacheDirectory({ XDG_CACHE_HOME: join(home, 'xdg'), HOME: '/nowhere' }), { path });
    assert.is(statSync(path).mode & 0o777, 0o700);
  }));

test('without XDG_CACHE_HOME, or with a relative one, it is in .cache of HOME', () =>
  inFolder((home) => {
    const path = join(home, '.cache/macveil');
    assert.equal(cacheDirectory({ HOME: home }), { path });
    assert.equal(cacheDirectory({ HOME: home, XDG_CACHE_HOME: 'relative' }), { path });
  }));

test('without a home there is no cache, and nothing is said of it', () => {
  for (const environment of [{}, { HOME: '' }, { HOME: '/dev/null' }, { HOME: '/proc/nowhere' }]) {
    const said: string[] = [];
    assert.is(
      openCache(environment, (line) => said.push(line)),
      null,
    );
    assert.equal(said, []);
  }
});

test('a directory that others may write to is not used, and that is said in one line', () =>
  inFolder((home) => {
    mkdirSync(join(home, 'macveil'));
    for (const mode of [0o770, 0o707, 0o722]) {
      chmodSync(join(home, 'macveil'), mode);
      assert.match(refusal(home), /others may write to it/);
    }
    chmodSync(join(home, 'macveil'), 0o755);
    assert.is(refusal(home), '');
  }));

test('a file by the name of the directory is not used', () =>
  inFolder((home) => {
    symlinkSync('/dev/null', join(home, 'macveil'));
    assert.is(
      openCache({ XDG_CACHE_HOME: home }, () => {}),
      null,
    );
  }));

if (process.geteuid?.() !== 0) {
  skipTest(test, 'a directory of another user is not used', 'only root can make one');
} else {
  test('a directory of another user is not used', () =>
    inFolder((home) => {
      mkdirSync(join(home, 'macveil'), { mode: 0o700 });
      chownSync(join(home, 'macveil'), SOMEBODY_ELSE, SOMEBODY_ELSE);
      assert.match(refusal(home), /belongs to another user/);
    }));

  test('nothing is made in the home of another user', () =>
    inFolder((home) => {
      chownSync(home, SOMEBODY_ELSE, SOMEBODY_ELSE);
      assert.match(refusal(home), /belongs to another user/);
      assert.not.ok(existsSync(join(home, 'macveil')));
    }));
}

/** Why the cache below this folder is not used, '' when it is. */
function refusal(home: string): string {
  const said: string[] = [];
  const cache = openCache({ XDG_CACHE_HOME: home }, (line) => said.push(line));
  assert.is(cache === null, said.length === 1);
  return said[0] ?? '';
}

function inFolder(use: (folder: string) => void): Promise<void> {
  return withRoot({}, (folder) => {
    use(folder);
  });
}

test.run();
