import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The kernels whose every verdict is on record, so that a change of rule or data shows in review. */
export const GOLDEN_KERNELS = ['6.1-amd64', '6.12-amd64'];
/** Stands where a module that has nothing to do with interfaces has no class. */
const NO_CLASS = '-';

/** Where the record of a kernel stands. */
export function goldenPath(name) {
  return join('test/golden', `${name}.txt`);
}

/** The record of a kernel as text: its release, how many modules each class has, and one module a line. */
export function formatGolden({ release, modules, facts }) {
  const verdicts = new Map(modules.map((module) => [module.name, module]));
  const names = [...new Set(facts.map(({ name }) => name))].sort();
  const involved = names.filter((name) => verdicts.has(name)).map((name) => verdicts.get(name));
  const lines = [
    `kernel ${release}`,
    ...countClasses(involved),
    ...involved.map(({ name, class: kind, blocked }) => `module ${name} ${kind} ${verdictOf(blocked)}`),
    // Named too: otherwise a new module could not be told from one that was judged differently.
    ...names.filter((name) => !verdicts.has(name)).map((name) => `other ${name}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** The release of a record, and the verdict on each module: class and blocked or allowed. */
export function parseGolden(text) {
  const rows = text.split('\n').map((line) => line.split(' '));
  const release = rows.find(([kind]) => kind === 'kernel')?.[1] ?? '';
  const modules = rows.filter(([kind]) => kind === 'module' || kind === 'other');
  return {
    release,
    verdicts: new Map(modules.map(([, name, ...verdict]) => [name, verdict.join(' ') || NO_CLASS])),
  };
}

/** What differs between a record and today's text: verdicts on modules that both know, and modules that one lacks. */
export function compareGolden(recorded, current) {
  const [before, after] = [recorded, current].map((text) => parseGolden(text).verdicts);
  const both = [...before.keys()].filter((name) => after.has(name) && before.get(name) !== after.get(name));
  return {
    changed: both.map((name) => `${name}: ${before.get(name)} -> ${after.get(name)}`),
    added: [...after.keys()].filter((name) => !before.has(name)).map((name) => `${name} ${after.get(name)}`),
    removed: [...before.keys()]
      .filter((name) => !after.has(name))
      .map((name) => `${name} ${before.get(name)}`),
  };
}

/** The record of a kernel as it is in the repository. */
export function readGolden(name) {
  return readFileSync(goldenPath(name), 'utf8');
}

/** Puts today's verdicts on record. */
export function writeGolden(name, kernel) {
  writeFileSync(goldenPath(name), formatGolden(kernel));
}

function countClasses(involved) {
  const counts = new Map();
  for (const { class: kind, blocked } of involved) {
    const row = `class ${kind} ${verdictOf(blocked)}`;
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return [...counts].map(([row, count]) => `${row} ${count}`).sort();
}

function verdictOf(blocked) {
  return blocked ? 'blocked' : 'allowed';
}
