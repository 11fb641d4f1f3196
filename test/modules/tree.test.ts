import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { findKernels } from '../../src/modules/tree.ts';
import { rejection, withRoot } from './make-root.ts';

const K = 'usr/lib/modules/6.1.0';

test('modules of all kinds of packing are found wherever they lie, in order of path', () =>
  withRoot(
    {
      [`${K}/updates/dkms/r8125.ko.xz`]: '',
      [`${K}/kernel/a/one.ko`]: '',
      [`${K}/kernel/a/two.ko.gz`]: '',
      [`${K}/extra/three.ko.zst`]: '',
      [`${K}/kernel/a/not-a-module.txt`]: '',
      [`${K}/modules.dep`]: '',
    },
    async (root) => {
      const [kernel] = await findKernels(root);
      assert.equal(paths(kernel), [
        'extra/three.ko.zst',
        'kernel/a/one.ko',
        'kernel/a/two.ko.gz',
        'updates/dkms/r8125.ko.xz',
      ]);
    },
  ));

test('a merged /usr is one place, also behind an absolute link', () =>
  withRoot({ [`${K}/kernel/a.ko`]: '' }, async (root) => {
    symlinkSync('/usr/lib', join(root, 'lib'));
    const kernels = await findKernels(root);
    assert.equal(kernels.map(paths), [['kernel/a.ko']]);
  }));

test('kernels in /lib and in /usr/lib are both found where they are two places', () =>
  withRoot({ [`${K}/kernel/a.ko`]: '', 'lib/modules/6.12.1/kernel/b.ko': '' }, async (root) => {
    const kernels = await findKernels(root);
    assert.equal(
      kernels.map(({ release }) => release),
      ['6.1.0', '6.12.1'],
    );
  }));

test('an absolute link is followed inside the root, as weak-updates needs it', () =>
  withRoot({ [`${K}/kernel/a.ko`]: '', 'usr/lib/modules/5.14/extra/w.ko': '' }, async (root) => {
    mkdirSync(join(root, K, 'weak-updates'));
    symlinkSync('/usr/lib/modules/5.14/extra/w.ko', join(root, K, 'weak-updates/w.ko'));
    const kernel = (await findKernels(root)).find(({ release }) => release === '6.1.0');
    const weak = kernel?.files.find(({ path }) => path === 'weak-updates/w.ko');
    assert.is(weak?.file, join(root, 'usr/lib/modules/5.14/extra/w.ko'));
  }));

test('a link that climbs out of the root leads nowhere', () =>
  withRoot({ [`${K}/kernel/a.ko`]: '', 'outside.ko': '' }, async (root) => {
    symlinkSync('../../../../../../../../../../etc/hostname', join(root, K, 'kernel/b.ko'));
    const [kernel] = await findKernels(root);
    assert.is(kernel?.files.find(({ path }) => path === 'kernel/b.ko')?.file, '');
  }));

test('links in circles end', () =>
  withRoot({ [`${K}/kernel/a.ko`]: '' }, async (root) => {
    symlinkSync('..', join(root, K, 'kernel/up'));
    symlinkSync('loop.ko', join(root, K, 'kernel/loop.ko'));
    const [kernel] = await findKernels(root);
    assert.equal(paths(kernel), ['kernel/a.ko', 'kernel/loop.ko']);
  }));

test('the links to the sources of the kernel are passed over', () =>
  withRoot({ [`${K}/kernel/a.ko`]: '', 'usr/src/linux/drivers/built.ko': '' }, async (root) => {
    symlinkSync('/usr/src/linux', join(root, K, 'build'));
    const [kernel] = await findKernels(root);
    assert.equal(paths(kernel), ['kernel/a.ko']);
  }));

test('a pipe by the name of a module is never opened', () =>
  withRoot({ [`${K}/kernel/a.ko`]: '' }, async (root) => {
    execFileSync('mkfifo', [join(root, K, 'kernel/pipe.ko')]);
    const [kernel] = await findKernels(root);
    assert.is(kernel?.files.find(({ path }) => path === 'kernel/pipe.ko')?.file, '');
  }));

test('a root that is missing, a file, or without kernels is refused as input', () =>
  withRoot({ 'etc/hostname': 'x', 'lib/modules/6.1.0/modules.dep': '' }, async (root) => {
    for (const place of [join(root, 'missing'), join(root, 'etc/hostname'), root]) {
      const error = await rejection(findKernels(place));
      assert.instance(error, CliError);
      assert.is((error as CliError).exitCode, EXIT.input);
    }
  }));

function paths(kernel: { files: { path: string }[] } | undefined): string[] {
  return (kernel?.files ?? []).map(({ path }) => path);
}

test.run();
