import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CheckResult, checkImage } from '../../src/check/check.ts';
import { analyseRoot } from '../../src/modules/enumerate.ts';
import { CONF, FAULTS, LIST } from './faults.ts';
import { makeImage, packInitrd, runDepmod } from './made-image.ts';
import { withFiles } from './with-files.ts';

const image = makeImage();

test('an image as install and the initramfs generator make it is proven', async () => {
  const { findings, counts, kmod } = await check(packInitrd(image));
  assert.equal(findings, []);
  assert.equal([counts.kernels, counts.modules, kmod.length], [1, 1, 1]);
});

for (const { title, root = {}, initrd = {}, depmod, kinds, what, where } of FAULTS) {
  test(`${title}: ${kinds.join(', ')}`, () =>
    withIndexes(depmod === true, () =>
      withFiles(image.root, root, async () => {
        if (depmod) runDepmod(image.root);
        await withFiles(image.inside, initrd, async () => {
          const { findings } = await check(packInitrd(image));
          assert.equal(
            [...new Set(findings.map(({ kind }) => kind))],
            kinds,
            JSON.stringify(findings, null, 1),
          );
          assert.match(findings[0]?.what ?? '', what);
          if (where !== undefined) assert.is(findings[0]?.where, where);
        });
      }),
    ));
}

test('every way in which the driver loads is found when the list is empty', () =>
  withFiles(image.root, { [LIST]: '', 'etc/modules': 'e1000\n', [CONF]: 'alias card e1000\n' }, async () => {
    const { findings } = await check(packInitrd(image));
    // By name, at boot, by an alias of a file, by its own alias and symbol, as a dependency, by a softdep.
    assert.match(findings.find(({ kind }) => kind === 'loading')?.what ?? '', 'and in 6 more ways');
  }));

test('an image whose initrd nobody named and that has none in /boot is not proven', async () => {
  const { findings } = await check();
  assert.equal(
    findings.map(({ kind, where }) => `${kind} ${where}`),
    ['initrd-hook /boot/initrd.img-*'],
  );
});

/** Files that depmod writes are put back as well. */
async function withIndexes(needed: boolean, use: () => Promise<void>): Promise<void> {
  await use();
  if (needed) runDepmod(image.root);
}

function check(...initrds: string[]): Promise<CheckResult> {
  return checkImage({
    root: image.root,
    ...(initrds.length === 0 ? {} : { initrds }),
    analyse: (choices) => analyseRoot(image.root, { choices }),
  });
}

test.run();
