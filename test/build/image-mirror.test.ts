import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findMirror } from '../../build/image/mirror.mjs';

// As `apt-get indextargets` prints them; a field that apt does not know stays as it was asked for.
const UNKNOWN = '$(ORIGIN)';
const targets = (...rows: string[][]) => rows.map((row) => row.join('|')).join('\n');

test('the archive that says it is Debian is taken, also behind others', () => {
  const output = targets(
    ['tools:/apt/', 'stable', 'main', 'Somebody'],
    ['mirror:/packages/', 'bookworm', 'main', 'Debian'],
  );
  assert.is(findMirror(output), 'mirror:/packages/');
});

test('archives that hold only a part of a release are passed over', () => {
  const output = targets(
    ['mirror:/debian-security/', 'bookworm-security', 'main', 'Debian'],
    ['mirror:/debian/', 'bookworm-updates', 'main', 'Debian'],
    ['mirror:/old/', 'stable/updates', 'main', 'Debian'],
    ['mirror:/debian/', 'bookworm', 'contrib', 'Debian'],
  );
  assert.is(findMirror(output), undefined);
});

test('before the first update of apt, the path tells which archive is Debian', () => {
  const output = targets(
    ['tools:/apt/', 'stable', 'main', UNKNOWN],
    ['mirror:/debian/', 'trixie', 'main', UNKNOWN],
  );
  assert.is(findMirror(output), 'mirror:/debian/');
});

test('a host without a Debian archive has none', () => {
  assert.is(findMirror(''), undefined);
});

test.run();
