// needs: 6.1-amd64, 6.12-amd64
import { suite, test } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_CHOICES } from '../../src/core/manifest.ts';
import { blockedNames, formatBlocklist } from '../../src/modules/blocklist.ts';
import { type RealKernel, readKernels } from './kernels.ts';
import { inserted } from './modprobe.ts';
import { expectNone } from './record.ts';

/** Drivers of QEMU's network cards and some that were missed by other methods; all are in Debian 12's and 13's kernels. */
const MUST_BLOCK =
  'e1000 e1000e virtio_net vmxnet3 8139cp r8169 iwlwifi iwlmvm cfg80211 mac80211 firewire_net ib_ipoib mptlan thunderbolt_net bnep usb_f_ecm hv_netvsc'.split(
    ' ',
  );
const MUST_PASS = 'ext4 usbcore virtio_blk libphy realtek tun bridge veth mlx5_ib dvb_core'.split(' ');

for (const real of await readKernels(['6.1-amd64', '6.12-amd64'])) testKernel(real);
test.run();

function testKernel({ name, root, kernel }: RealKernel): void {
  const check = suite(`${name} (${kernel.release})`);
  const enumeration = { policy: NO_CHOICES, kernels: [kernel] };
  const blocked = blockedNames(enumeration);
  const list = formatBlocklist(enumeration);

  check('it is read whole, without a problem', () => {
    assert.equal(kernel.problems, []);
  });

  check('every driver is blocked that must be', () => {
    assert.equal(
      MUST_BLOCK.filter((driver) => !blocked.includes(driver)),
      [],
    );
  });

  check('nothing is blocked that an image needs', () => {
    assert.equal(
      MUST_PASS.filter((module) => blocked.includes(module)),
      [],
    );
  });

  check('modprobe inserts no blocked module by name, alias or dependency', () => {
    assert.equal(inserted(root, kernel, list), []);
  });

  check('without the list it inserts all of them, so that the test above means something', () => {
    assert.equal(inserted(root, kernel, ''), blocked);
  });

  check('r8169 gets in when its soft dependency is not hidden', () => {
    const found = inserted(root, kernel, list.replace(/^softdep .*\n/gm, ''));
    assert.ok(found.includes('r8169'));
    const others = found.filter((name) => name !== 'r8169');
    expectNone(kernel.release, others, 'see what soft dependencies they have, then renew the record');
  });

  check.run();
}
