import type { Manifest, ManifestKernel } from '../core/manifest.ts';
import type { KernelModules } from '../modules/enumerate.ts';
import { MANIFEST } from '../paths.ts';
import { INSTALL_AGAIN } from './cures.ts';
import type { Finding } from './finding.ts';
import { someOf } from './some-of.ts';

/** What the manifest says of a module file: its class and verdict, or that it has nothing to do with interfaces. */
type Verdicts = Map<string, string>;

const OTHER = 'makes no interface';

/** Kernels and modules that were added, removed or judged otherwise since the manifest was made. */
export function changeFindings(kernels: KernelModules[], manifest: Manifest): Finding[] {
  const known = new Map(manifest.kernels.map((kernel) => [kernel.release, kernel]));
  const present = new Set(kernels.map(({ release }) => release));
  const gone = [...known.keys()].filter((release) => !present.has(release));
  return [
    ...kernels.flatMap((kernel) => kernelChanges(kernel, known.get(kernel.release))),
    ...gone.map((release) => change(`kernel ${release} is in the manifest and no longer in the root`)),
  ];
}

function kernelChanges(kernel: KernelModules, recorded: ManifestKernel | undefined): Finding[] {
  const { release } = kernel;
  if (recorded === undefined) return [change(`kernel ${release} is not in the manifest`)];
  const [before, now] = [verdicts(recorded), verdicts(kernel)];
  const added = [...now.keys()].filter((path) => !before.has(path));
  const removed = [...before.keys()].filter((path) => !now.has(path));
  const changed = [...now].filter(([path, verdict]) => before.has(path) && before.get(path) !== verdict);
  const words = changed.map(([path, verdict]) => `${path} (was ${before.get(path)}, is ${verdict})`);
  return [
    ...many(added, `${release}: added since the installation`),
    ...many(removed, `${release}: removed since the installation`),
    ...many(words, `${release}: judged otherwise than at the installation`),
  ];
}

function verdicts({ modules, others }: Pick<ManifestKernel, 'modules' | 'others'>): Verdicts {
  const found: Verdicts = new Map(others.map((path) => [path, OTHER]));
  for (const { path, class: kind, blocked } of modules) {
    found.set(path, `${kind}, ${blocked ? 'blocked' : 'not blocked'}`);
  }
  return found;
}

function many(names: string[], what: string): Finding[] {
  if (names.length === 0) return [];
  const subject = names.length === 1 ? { subject: names[0] as string } : {};
  return [{ ...change(`${what}: ${someOf(names)}`), ...subject }];
}

function change(what: string): Finding {
  return { kind: 'changed', what, where: MANIFEST, cure: INSTALL_AGAIN };
}
