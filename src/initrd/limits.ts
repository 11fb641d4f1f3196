/** Bounds of what one initrd may take; no real one comes near. */
export interface Limits {
  /** Bytes of all segments when unpacked: live images with firmware come to about 300 MiB. */
  unpacked: number;
  /** Bytes of names, link targets and kept contents, together. */
  kept: number;
  /** Entries of all segments; Debian's have about three thousand. */
  entries: number;
  /** Components of paths that are looked at, links on the way included. */
  steps: number;
}

/** The limits that hold unless a test sets its own. */
export const LIMITS: Limits = { unpacked: 2 ** 30, kept: 2 ** 28, entries: 200_000, steps: 20_000_000 };
