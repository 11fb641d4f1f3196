import type { Enumeration } from './enumerate.ts';
import { compare } from './tree.ts';

/** The contract between the build step, the boot side and `check`: nothing in it depends on when or where it was made. */
export interface Manifest {
  version: 1;
  kernels: ManifestKernel[];
}

/** One kernel of a manifest. */
export interface ManifestKernel {
  release: string;
  modules: { name: string; path: string; class: string; blocked: boolean }[];
}

/** The manifest as JSON text: kernels by release, modules by path. */
export function formatManifest(enumeration: Enumeration): string {
  const kernels = enumeration.kernels.map(({ release, modules }) => ({
    release,
    modules: modules
      .map(({ name, path, class: kind, blocked }) => ({ name, path, class: kind, blocked }))
      .sort((a, b) => compare(a.path, b.path)),
  }));
  const manifest: Manifest = { version: 1, kernels: kernels.sort((a, b) => compare(a.release, b.release)) };
  return `${JSON.stringify(manifest, null, 1)}\n`;
}
