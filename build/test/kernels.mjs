import { PRODUCTS } from '../kernels/products.mjs';
import { runAttached } from './process.mjs';

/** What tests of real kernels look at, each thing a step that counts as a test: nothing about them may fail unnoticed. */
export const KERNELS = Object.keys(PRODUCTS).map((name) => ({
  name: `build: .cache/kernels/${name}`,
  args: ['build/kernels.mjs', name],
  // One of them needs root: sudo asks for the password on the terminal.
  run: runAttached,
}));
