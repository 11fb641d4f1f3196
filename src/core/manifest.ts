import { exactly, isText, listOf, mapOf, oneOf, readJson } from './shape.ts';

/** What of macveil's own policy an image changes: options of `blocklist` and `install`, or macveil.config.ts. */
export interface PolicyChoices {
  /** Block every module that imports a symbol which makes an interface: no module can make one. */
  strict: boolean;
  /** Modules that load although their class is blocked. */
  allow: string[];
  /** Modules that are blocked whatever they are. */
  block: string[];
  /** Classes whose verdict is changed, by name. */
  classes: Record<string, 'block' | 'allow'>;
  /** Built-in drivers that the image accepts, although they cannot be blocked. */
  acceptBuiltin: string[];
}

/** macveil's own policy, unchanged. */
export const NO_CHOICES: PolicyChoices = {
  strict: false,
  allow: [],
  block: [],
  classes: {},
  acceptBuiltin: [],
};

/** The contract between build step, boot side and `check`: nothing in it depends on when or where it was made. */
export interface Manifest {
  version: 1;
  policy: PolicyChoices;
  kernels: ManifestKernel[];
}

/** One kernel of a manifest; paths are relative to the kernel's directory, every module file stands in one of the lists. */
export interface ManifestKernel {
  release: string;
  /** Modules that have to do with making interfaces. */
  modules: { name: string; path: string; class: string; blocked: boolean }[];
  /** Paths of all other modules. */
  others: string[];
  /** Drivers in the kernel itself that make an interface for a device: they cannot be blocked. */
  builtin: { name: string; path: string; class: string }[];
}

const isFlag = oneOf(true, false);
const isChoices = exactly({
  strict: isFlag,
  allow: listOf(isText),
  block: listOf(isText),
  classes: mapOf(oneOf('block', 'allow')),
  acceptBuiltin: listOf(isText),
});
const isDriver = { name: isText, path: isText, class: isText };
const isKernel = exactly({
  release: isText,
  modules: listOf(exactly({ ...isDriver, blocked: isFlag })),
  others: listOf(isText),
  builtin: listOf(exactly(isDriver)),
});
const isManifest = exactly({ version: oneOf(1), policy: isChoices, kernels: listOf(isKernel) });

/** A manifest from its text; null for anything but a whole one, also when a release stands in it twice. */
export function parseManifest(text: string): Manifest | null {
  const value = readJson(text);
  if (!isManifest(value)) return null;
  const manifest = value as Manifest;
  const releases = new Set(manifest.kernels.map(({ release }) => release));
  return releases.size === manifest.kernels.length ? manifest : null;
}

/** What the boot side looks at of a manifest. */
export type ListedKernel = Pick<ManifestKernel, 'release' | 'modules' | 'others'>;

/**
 * The kernels of a manifest's text, without a look at every path in it, which would be the better part of what the check of
 * a boot costs; null for what is no manifest.
 */
export function listedKernels(text: string): ListedKernel[] | null {
  const value = readJson(text) as Partial<Manifest> | null | undefined;
  const isListed = (kernel: Partial<ListedKernel> | null) =>
    isList(kernel?.others) && isList(kernel?.modules) && kernel.modules.every((one) => isText(one?.path));
  if (value?.version !== 1 || !isList(value.kernels)) return null;
  return value.kernels.every(isListed) ? value.kernels : null;
}

function isList<T>(value: T[] | undefined): value is T[] {
  return Array.isArray(value);
}

/** The same choices in their one written form: names as modprobe knows them, each once, sorted. */
export function normaliseChoices({
  strict,
  allow,
  block,
  classes,
  acceptBuiltin,
}: PolicyChoices): PolicyChoices {
  return {
    strict,
    allow: normaliseNames(allow),
    block: normaliseNames(block),
    classes: Object.fromEntries(Object.entries(classes).sort(([a], [b]) => (a < b ? -1 : 1))),
    acceptBuiltin: normaliseNames(acceptBuiltin),
  };
}

function normaliseNames(names: string[]): string[] {
  return [...new Set(names.map((name) => name.replaceAll('-', '_')))].sort();
}
