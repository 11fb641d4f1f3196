const MIB = 1024 * 1024;
/** Every run is shown as a multiple of these, where they are among the runs. */
const UNITS = ['xz -dc', 'depmod'];

/** Prints runs by name: medians, the spread of the wall time, and ratios. */
export function printRuns(title, runs) {
  const units = UNITS.filter((name) => name in runs);
  console.log(`\n${title}, files in the page cache`);
  console.log(line('', ['wall s', 'from', 'to', 'CPU s', 'peak MiB', ...units.map((name) => `to ${name}`)]));
  for (const [name, { wall, fastest, slowest, cpu, peak }] of Object.entries(runs)) {
    const times = [wall, fastest, slowest, cpu].map((seconds) => seconds.toFixed(2));
    const ratios = units.map((unit) => `${(wall / runs[unit].wall).toFixed(2)} x`);
    console.log(line(name, [...times, (peak / MIB).toFixed(0), ...ratios]));
  }
}

/** Prints each goal with what was reached; true when none is missed. */
export function printGoals(goals) {
  console.log('\ngoals');
  for (const { title, value, limit, unit } of goals) {
    const verdict = value <= limit ? 'within' : 'OVER';
    console.log(
      `  ${title.padEnd(44)}${value.toFixed(2).padStart(9)} ${unit}  ${verdict} ${limit.toFixed(2)}`,
    );
  }
  return goals.every(({ value, limit }) => value <= limit);
}

function line(name, cells) {
  return `  ${name.padEnd(34)}${cells.map((cell) => cell.padStart(11)).join('')}`;
}
