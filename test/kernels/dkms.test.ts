import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { METHODS } from '../../build/kernels/methods.mjs';
import { NO_CHOICES } from '../../src/core/manifest.ts';
import { formatBlocklist } from '../../src/modules/blocklist.ts';
import { readKernels } from './kernels.ts';
import { inserted } from './modprobe.ts';

/** An Ethernet and a Wi-Fi driver that Debian has outside the kernel; dkms built them for the kernel of this tree. */
const OUTSIDE = ['r8125', 'wl'];

const test = suite('drivers that dkms built');
const [dkms] = await readKernels(['dkms']);
if (dkms === undefined) throw new Error('no kernel was read');
const { root, kernel } = dkms;
const chosen = new Map<string, Set<string>>();
for (const { name, choose } of METHODS) chosen.set(name, await choose(root));

test('they are found below updates/dkms, stand for hardware and are blocked', () => {
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

for (const { name } of METHODS) {
  test(`${name}: this method passes them over, while it sees the drivers of the kernel itself`, () => {
    const sees = [...OUTSIDE, 'e1000e', 'tg3'].filter((driver) => chosen.get(name)?.has(driver));
    assert.equal(sees, ['e1000e', 'tg3']);
  });
}

test.run();

function outside(list: string): string[] {
  return inserted(root, kernel, list).filter((name) => OUTSIDE.includes(name));
}
