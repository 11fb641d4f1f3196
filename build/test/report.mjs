/** Prints one line for a finished test file or linter, and all of its output when something failed in it. */
export function printResult(result) {
  const counts = [`${result.passed} passed`];
  if (result.failed > 0) counts.push(`${result.failed} failed`);
  if (result.skipped > 0) counts.push(`${result.skipped} skipped`);
  const time = result.seconds === undefined ? '' : `  ${result.seconds.toFixed(1)} s`;
  console.log(`${result.failed > 0 ? 'FAIL' : 'ok  '}  ${result.name}  ${counts.join(', ')}${time}`);
  if (result.failed > 0) printFailure(result);
  for (const warning of result.warnings ?? []) console.log(`      warning: ${warning}`);
  for (const note of result.notes ?? []) console.log(`      ${note}`);
  for (const reason of result.reasons) console.log(`      skipped: ${reason}`);
}

/** Prints what was skipped, and as the last line `N passed, N failed` over all results; true when nothing failed. */
export function printSummary(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const failing = results.filter((result) => result.failed > 0).map((result) => result.name);
  if (failing.length > 0) console.log(`\nfailing: ${failing.join(', ')}`);
  if (sum('skipped') > 0) console.log(`\n${sum('skipped')} skipped, each with its reason above`);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return failing.length === 0;
}

function printFailure({ output, why }) {
  if (output) console.log(output.trimEnd().replace(/^/gm, '      '));
  if (why) console.log(`      ${why}`);
}
