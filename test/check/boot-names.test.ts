import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bootNames } from '../../src/check/boot-names.ts';
import { fakeTree } from './fake-tree.ts';

test('names stand at the start of a line, and comments are none', () => {
  const tree = fakeTree({ 'etc/modules': '# e1000\n; x\n\n  loop max_loop=8\nusb-net # card\n' });
  assert.equal(bootNames(tree), [
    { name: 'loop', place: '/etc/modules:4' },
    { name: 'usb-net', place: '/etc/modules:5' },
  ]);
});

test('lists of systemd and of an initrd count, other files beside them do not', () => {
  const tree = fakeTree({
    'conf/modules': 'a\n',
    'etc/modules-load.d/x.conf': 'b\n',
    'usr/lib/modules-load.d/y.conf': 'c\n',
    'lib/modules-load.d/z.conf': 'd\n',
    'usr/lib/modules-load.d/README': 'd\n',
  });
  assert.equal(
    bootNames(tree).map(({ name }) => name),
    ['a', 'b', 'c', 'd'],
  );
});

test.run();
