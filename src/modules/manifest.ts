import type { Manifest, ManifestKernel } from '../core/manifest.ts';
import type { Enumeration, KernelModules } from './enumerate.ts';
import { compare } from './tree.ts';

/** The manifest as JSON text: kernels by release, modules by path. */
export function formatManifest({ policy, kernels }: Enumeration): string {
  const sorted = kernels.map(manifestKernel).sort((a, b) => compare(a.release, b.release));
  const manifest: Manifest = { version: 1, policy, kernels: sorted };
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

function manifestKernel({ release, modules, others, builtin }: KernelModules): ManifestKernel {
  return {
    release,
    modules: modules
      .map(({ name, path, class: kind, blocked }) => ({ name, path, class: kind, blocked }))
      .sort((a, b) => compare(a.path, b.path)),
    others: [...others].sort(compare),
    builtin: builtin
      .map(({ name, path, class: kind }) => ({ name, path, class: kind }))
      .sort((a, b) => compare(a.name, b.name)),
  };
}
