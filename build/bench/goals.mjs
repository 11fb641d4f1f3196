/** What the project allows itself, in bytes: the hook, and what the compressed initrd grows by. */
export const GOALS = { hook: 700_000, initrd: 350_000 };

/** What reading every module of a kernel may cost: 6.1 has plain modules, those of 6.12 are packed with xz. */
export const ENUMERATION_GOALS = {
  plainSeconds: 0.5,
  plainToDepmod: 1.2,
  packedToXz: 1.1,
  packedToNm: 0.5,
  againSeconds: 0.15,
  peakMebibytes: 400,
  /** What src/modules/read/batches.ts lets lie unpacked in memory besides. */
  unpackedMebibytes: 64,
};

/** From blocked to ten cards verified, to loading their drivers alone; and how many hooks a shell script is worth. */
export const CARD_GOALS = { wholeToBare: 1.2, scriptToHook: 50 };

/** What macveil may add to a live boot until sysinit.target, in percent of time and of processor time. */
export const BOOT_GOALS = { percent: 1 };
