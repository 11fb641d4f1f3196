import { CLI_BUNDLE } from '../bundle.mjs';
import { KERNEL_CACHE } from '../kernels/cache.mjs';
import { missingReason } from '../kernels/missing.mjs';
import { PRODUCTS as KERNELS } from '../kernels/products.mjs';
import { runAttached, runGroup } from './process.mjs';

/** What every test may use: the command line as users run it, from its bundle, and what configurations import. */
export const BUNDLES = {
  name: 'build: dist/macveil.mjs, dist/config.mjs',
  args: ['build/bundle.mjs'],
  run: runGroup,
};

/**
 * What only some tests use, by the name that their line `needs:` has for it, in the order in which it is made: how to make
 * it. What may need root is attached to the terminal, where sudo asks for the password.
 */
export const PRODUCTS = {
  'macveil-hook': { name: 'build: dist/macveil-hook', args: [CLI_BUNDLE, 'compile'], run: runGroup },
  'container-hook': {
    name: 'build: .cache/container-hook',
    args: [CLI_BUNDLE, 'compile', '--mute', 'boot', '--output', '.cache/container-hook'],
    run: runGroup,
  },
  executable: { name: 'build: dist/macveil', args: ['build/executable.mjs'], run: runGroup },
  packages: { name: 'build: Debian packages', args: ['build/packages.mjs'], run: runGroup },
  tamper: { name: 'build: .cache/tamper/tamper', args: ['build/tamper.mjs'], run: runGroup },
  'live-build-image': { name: 'build: live-build image', args: ['build/live-build.mjs'], run: runAttached },
  'demo-image': { name: 'build: demo image', args: ['build/image.mjs'], run: runAttached },
  'dracut-image': { name: 'build: Debian with dracut', args: ['build/dracut.mjs'], run: runAttached },
  'mkinitcpio-initramfs': {
    name: "build: initramfs by mkinitcpio's interface",
    args: ['build/mkinitcpio.mjs'],
    run: runAttached,
  },
  'mkosi-image': { name: 'build: image made by mkosi', args: ['build/mkosi.mjs'], run: runAttached },
  'esp-disk': { name: 'build: disk with systemd-boot', args: ['build/esp.mjs'], run: runAttached },
  ...Object.fromEntries(Object.keys(KERNELS).map((name) => [name, kernelStep(name)])),
};

function kernelStep(name) {
  return {
    name: `build: .cache/kernels/${name}`,
    args: ['build/kernels.mjs', name],
    run: runAttached,
    whyMissing: () => missingReason(KERNEL_CACHE, name),
  };
}
