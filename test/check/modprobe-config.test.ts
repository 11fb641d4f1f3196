import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CONFIG_DIRECTORIES, effectiveLines, readConfig } from '../../src/check/modprobe-config.ts';
import { fakeTree } from './fake-tree.ts';

test('lines come in the order of the names of their files, whatever folder they are in', () => {
  const lines = linesOf({
    'etc/modprobe.d/b.conf': 'blacklist b\n',
    'usr/lib/modprobe.d/a.conf': 'blacklist a\n',
  });
  assert.equal(
    lines.map(({ name, place }) => `${name} ${place}`),
    ['a /usr/lib/modprobe.d/a.conf:1', 'b /etc/modprobe.d/b.conf:1'],
  );
});

test('a file hides those of its name in lower folders, and so does a link that leads nowhere', () => {
  const hidden = {
    'usr/lib/modprobe.d/a.conf': 'blacklist a\n',
    'usr/lib/modprobe.d/b.conf': 'blacklist b\n',
  };
  assert.equal(linesOf({ ...hidden, 'etc/modprobe.d/a.conf': '', 'run/modprobe.d/b.conf': null }), []);
});

test('comments, empty lines and files with other endings do not count', () => {
  assert.equal(
    linesOf({ 'etc/modprobe.d/a.conf': '# blacklist x\n\n  \n', 'etc/modprobe.d/b': 'blacklist b\n' }),
    [],
  );
});

test('a line that ends in a backslash goes on, and is found by its first number', () => {
  const [line] = linesOf({ 'etc/modprobe.d/a.conf': '#\nsoftdep snd-pcm \\\n  pre: x\n' });
  assert.equal([line?.name, line?.rest, line?.place], ['snd_pcm', 'pre: x', '/etc/modprobe.d/a.conf:2']);
});

test('dashes inside brackets stay', () => {
  const [line] = linesOf({ 'etc/modprobe.d/a.conf': 'alias my-[a-c] e1000\n' });
  assert.is(line?.name, 'my_[a-c]');
});

test('the list of macveil is told from other files by its name', () => {
  const files = {
    'usr/lib/modprobe.d/macveil-blocklist.conf': 'blacklist a\n',
    'etc/modprobe.d/z.conf': 'blacklist b\n',
  };
  assert.equal(
    linesOf(files).map(({ ours }) => ours),
    [true, false],
  );
});

function linesOf(files: Record<string, string | null>) {
  const tree = fakeTree(files);
  return effectiveLines(readConfig(tree, CONFIG_DIRECTORIES), tree);
}

test.run();
