import { DKMS_RECIPE, makeDkmsTree } from './dkms.mjs';
import { fetchDracut } from './dracut.mjs';
import { fetchKernel } from './fetch-kernel.mjs';
import { KERNELS } from './recipe.mjs';

const kernels = Object.keys(KERNELS).map((name) => [
  name,
  {
    recipe: ['build/kernels/recipe.mjs'],
    make: (root, step, cache) => fetchKernel(name, root, step, cache),
  },
]);

/** All that the cache may hold by name: the files that say what it is made of, and how to fill an empty folder with it. */
export const PRODUCTS = {
  ...Object.fromEntries(kernels),
  dracut: { recipe: ['build/kernels/dracut.mjs'], make: fetchDracut },
  dkms: { recipe: DKMS_RECIPE, make: makeDkmsTree, asRoot: true },
};
