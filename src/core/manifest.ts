/** What of macveil's own policy an image changes: options of `blocklist` and `install`, or macveil.config.ts. */
export interface PolicyChoices {
  /** Block every module that imports a symbol which makes an interface: none but lo can appear. */
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
