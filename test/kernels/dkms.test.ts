// needs: dkms, dracut
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { METHODS } from '../../build/kernels/methods.mjs';
import { NO_CHOICES } from '../../src/core/manifest.ts';
import { formatBlocklist } from '../../src/modules/blocklist.ts';
import { findProduct, type RealKernel, readKernels } from './kernels.ts';
import { inserted } from './modprobe.ts';

/** An Ethernet and a Wi-Fi driver that Debian has outside the kernel; dkms built them for the kernel of this tree. */
const OUTSIDE = ['r8125', 'wl'];

const [dkms] = await readKernels(['dkms']);
const hasDracut = (await findProduct('dracut')) !== undefined;
if (dkms) {
  testDrivers(dkms);
  if (hasDracut) await testMethods(dkms.root);
}
test.run();

function testDrivers({ root, kernel }: RealKernel): void {
  const outside = (list: string) => inserted(root, kernel, list).filter((name) => OUTSIDE.includes(name));

  test('what dkms built is found below updates/dkms, stands for hardware and is blocked', () => {
    const found = kernel.modules.filter(({ path }) => path.startsWith('updates/dkms/'));
    assert.equal(
      found.map((module) => `${module.name} ${module.class} ${module.blocked}`),
      OUTSIDE.map((name) => `${name} hardware true`),
    );
  });

  test('modprobe inserts none of them under the list', () => {
    assert.equal(outside(formatBlocklist({ policy: NO_CHOICES, kernels: [kernel] })), []);
  });

  test('without the list modprobe inserts them', () => {
    assert.equal(outside(''), OUTSIDE);
  });
}

async function testMethods(root: string): Promise<void> {
  for (const { name, choose } of METHODS) {
    const chosen = await choose(root);
    test(`${name}: this method passes them over, while it sees the drivers of the kernel itself`, () => {
      const sees = [...OUTSIDE, 'e1000e', 'tg3'].filter((driver) => chosen.has(driver));
      assert.equal(sees, ['e1000e', 'tg3']);
    });
  }
}
