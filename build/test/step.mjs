import { EXIT_MISSING } from '../kernels/missing.mjs';

/** A Debian root, its initramfs and the packing take a minute or two, as does a tree built by dkms; the slowest mirrors several. */
const LIMIT_MS = 900_000;

/**
 * Makes one thing that tests use; the result has the form of a test file's, because nothing about it may fail unnoticed.
 * What the host's archive does not offer is skipped with that reason.
 */
export async function runStep({ name, args, run, whyMissing = () => '' }) {
  const start = performance.now();
  const { output, exitCode, problem } = await run(process.execPath, args, LIMIT_MS);
  const seconds = (performance.now() - start) / 1000;
  const reason = exitCode === EXIT_MISSING ? whyMissing() : '';
  return { name, ...countStep(exitCode === 0, reason), output, why: problem, seconds };
}

function countStep(isMade, reason) {
  if (reason) return { passed: 0, failed: 0, skipped: 1, reasons: [reason] };
  return { passed: isMade ? 1 : 0, failed: isMade ? 0 : 1, skipped: 0, reasons: [] };
}
