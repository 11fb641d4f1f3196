/**
 * What drives the guest's time: the host's clock, or the guest's own instructions, each for the same number of
 * nanoseconds whatever else the host does (QEMU, -icount).
 */
export type Clock = 'host' | 'instructions';

/** 2^3 ns an instruction: about as fast as TCG really is here, so that limits in seconds keep their meaning. */
const SHIFT = 3;

/** QEMU's arguments for this clock; counting instructions needs TCG with one thread. */
export function countInstructions(args: string[], clock: Clock): string[] {
  if (clock === 'host') return args;
  const single = args.map((word) => word.replace('tcg,thread=multi', 'tcg,thread=single'));
  return [...single, '-icount', `shift=${SHIFT},sleep=on`];
}

/** What the times of this clock mean, in words. */
export function describeClock(clock: Clock): string {
  return clock === 'host' ? 'by the clock of this host' : `${2 ** SHIFT} ns an instruction`;
}
