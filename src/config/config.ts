/** Classes of modules whose verdict an image can change; docs/enumeration.md says what each is. */
export type PolicyClass =
  | 'bluetooth-pan'
  | 'can'
  | 'client'
  | 'dependent'
  | 'gadget'
  | 'hardware'
  | 'ieee802154'
  | 'library'
  | 'line-discipline'
  | 'media'
  | 'tethering'
  | 'virtual'
  | 'wwan';

/** What an image changes of macveil's policy: the default export of macveil.config.ts. */
export interface MacveilConfig {
  /** Also block every module that registers a network interface or a kind of them: no module can make one. */
  strict?: boolean;
  /** Modules that may load although macveil would block them. */
  allow?: string[];
  /** Modules that must not load, whatever they are. */
  block?: string[];
  /** Classes that are blocked or allowed as a whole. */
  classes?: { [name in PolicyClass]?: 'block' | 'allow' };
  /** Drivers that are built into the kernel, cannot be blocked, and are accepted nevertheless. */
  acceptBuiltin?: string[];
}

/** Gives an editor the types of a configuration; returns it as it is. */
export function defineConfig(config: MacveilConfig): MacveilConfig {
  return config;
}
