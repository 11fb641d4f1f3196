import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT } from '../../src/cli/errors.ts';
import { root, run, virtual } from './blocklist-fixture.ts';
import { withRoot } from './make-root.ts';

const builtin = {
  ...root,
  'lib/modules/6.1.0/modules.builtin': 'kernel/drivers/net/virtio_net.ko\n',
  'lib/modules/6.1.0/modules.builtin.modinfo':
    'virtio_net.alias=virtio:d00000001v*\0virtio_net.file=drivers/net/virtio_net\0',
};

test('a driver that is built in is named as not blockable and ends with exit code 1, unless it is accepted', () =>
  withRoot(builtin, (directory) => {
    const { exitCode, stderr } = run('--root', directory);
    assert.is(exitCode, EXIT.findings);
    assert.match(stderr, /warning: virtio_net .*is built into the kernel and cannot be blocked/);
    const accepted = run('--root', directory, '--accept-builtin', 'virtio-net');
    assert.is(accepted.exitCode, EXIT.ok);
    assert.match(accepted.stderr, 'built in and accepted: virtio_net');
  }));

const indexed = (paths: string[], entries: string[] = []) => ({
  ...virtual,
  'lib/modules/6.1.0/modules.builtin': paths.map((path) => `${path}\n`).join(''),
  'lib/modules/6.1.0/modules.builtin.modinfo': entries.map((entry) => `${entry}\0`).join(''),
});
const netkit = indexed(['kernel/drivers/net/netkit.ko'], ['netkit.alias=rtnl-link-netkit']);

for (const [args, words] of [
  [['--strict'], 'strict does not hold for it'],
  [['--class', 'virtual=block'], 'the block of class virtual does not hold for it'],
] as const) {
  test(`${args.join(' ')} warns of what is built in and makes interfaces when asked, unless it is accepted`, () =>
    withRoot(netkit, (directory) => {
      const { exitCode, stderr } = run('--root', directory, ...args);
      assert.is(exitCode, EXIT.ok);
      assert.match(
        stderr,
        new RegExp(`warning: netkit is built into the kernel and .*rtnl-link-netkit: ${words}`),
      );
      assert.not.match(run('--root', directory, ...args, '--accept-builtin', 'netkit').stderr, 'warning');
      assert.not.match(run('--root', directory).stderr, 'warning');
    }));
}

test('a name that is built in is said to be, whatever it is and however it is spelt', () =>
  withRoot(indexed(['kernel/drivers/net/tun.ko', 'kernel/lib/crc-t10.ko']), (directory) => {
    for (const args of [
      ['--block', 'tun'],
      ['--allow', 'crc-t10'],
      ['--explain', 'crc-t10'],
    ]) {
      const { exitCode, stderr } = run('--root', directory, ...args);
      assert.is(exitCode, EXIT.input);
      assert.match(
        stderr,
        /no module (tun|crc_t10) in .*\n.* it is built into the kernel, where no list can/,
      );
    }
  }));

for (const name of ['modules.builtin', 'modules.builtin.modinfo']) {
  test(`without ${name} there is a list, a warning and exit code 1`, () => {
    const { [`lib/modules/6.1.0/${name}`]: _, ...rest } = root as Record<string, string | Buffer>;
    return withRoot(rest, (directory) => {
      const { exitCode, stdout, stderr } = run('--root', directory);
      assert.is(exitCode, EXIT.findings);
      assert.match(stdout, /^install e1000 \/bin\/false$/m);
      assert.match(stderr, `warning: built-in drivers may be missed: there is no ${name}\n`);
    });
  });
}

test('accepting a driver that is not built in ends as wrong input', () =>
  withRoot(builtin, (directory) => {
    const { exitCode, stderr } = run('--root', directory, '--accept-builtin', 'e1000');
    assert.is(exitCode, EXIT.input);
    assert.match(stderr, /no built-in driver e1000/);
  }));

test.run();
