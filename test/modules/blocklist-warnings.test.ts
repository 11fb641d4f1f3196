import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { root, run, virtual } from './blocklist-fixture.ts';
import { buildModule } from './build-module.ts';
import { withRoot } from './make-root.ts';

const stacked = {
  ...virtual,
  'lib/modules/6.1.0/kernel/mac.ko': buildModule({
    imports: ['register_netdevice'],
    exports: ['mac_alloc'],
    modinfo: ['license=GPL'],
  }),
  'lib/modules/6.1.0/kernel/radio.ko': buildModule({
    imports: ['mac_alloc'],
    modinfo: ['alias=pci:v1d*', 'depends=mac'],
  }),
};

test('--allow of a module that waits for a blocked one says which', () =>
  withRoot(stacked, (directory) => {
    const { stderr } = run('--root', directory, '--allow', 'radio');
    assert.match(
      stderr,
      /warning: radio is allowed by name, and does not load: it needs mac, which must not/,
    );
    assert.not.match(run('--root', directory, '--allow', 'radio', '--allow', 'mac').stderr, 'warning');
  }));

test('--allow of what may load anyway says that it changes nothing', () =>
  withRoot(virtual, (directory) => {
    const { stderr } = run('--root', directory, '--allow', 'bridge');
    assert.match(stderr, /warning: bridge is allowed by name, and would be without that/);
  }));

test('--strict with --allow warns for what it is there to block, and for nothing else', () =>
  withRoot(stacked, (directory) => {
    const { stderr } = run('--root', directory, '--strict', '--allow', 'radio', '--allow', 'mac');
    assert.match(stderr, 'mac is allowed by name: strict does not hold for it');
    assert.not.match(stderr, 'radio is allowed by name: strict');
  }));

test('--explain tells what blocks a module that is allowed by name, and what does not', () =>
  withRoot(virtual, (directory) => {
    const explain = (name: string, ...more: string[]) =>
      run('--root', directory, '--explain', name, '--allow', name, ...more).stdout;
    assert.match(
      explain('e1000'),
      /policy +allowed by choice, by its name\n.*to block +without --allow e1000\n/s,
    );
    const needless = explain('bridge');
    assert.match(needless, /policy +allowed by choice, by its name; it would be allowed without that too\n/);
    assert.match(needless, /to block +--block bridge in place of --allow bridge\n/);
    assert.match(explain('bridge', '--strict'), /to block +without --allow bridge\n/);
  }));

test('--block of a module that one kernel lacks is said', () =>
  withRoot(
    {
      ...root,
      'lib/modules/6.2.0/kernel/igb.ko': buildModule(),
      'lib/modules/6.2.0/modules.builtin': 'kernel/ext4.ko\n',
      'lib/modules/6.2.0/modules.builtin.modinfo': '',
    },
    (directory) => {
      const { stderr } = run('--root', directory, '--block', 'e1000', '--block', 'ext4');
      assert.match(stderr, 'warning: e1000 is to be blocked by name, and this kernel has no such module');
      assert.match(stderr, 'warning: ext4 is built into the kernel: the block by its name does not hold');
    },
  ));

test.run();
